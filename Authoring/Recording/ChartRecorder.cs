using System.Text.Json;
using System.Text.RegularExpressions;
using EmbedStack.ServiceDefaults.Jobs;
using Microsoft.Playwright;

namespace EmbedStack.Authoring.Recording;

/// <summary>Saves a chart as a person does: opens it in Explore, waits until it is drawn, presses Save.</summary>
internal sealed partial class ChartRecorder(IPage page, string pictures)
{
    private const float DrawTimeout = 180_000;
    private const float SaveTimeout = 120_000;

    private static readonly string[] Complaints = [".ant-alert-message", "[data-test=\"toast-container\"] .toast--danger", "[role=\"alert\"]"];

    private bool _inExplore;

    /// <exception cref="JobException">The page could not draw or save the chart; says what the page said, with a picture of it.</exception>
    public async Task RecordAsync(Chart chart)
    {
        try
        {
            // Explore leaves hidden controls out where the chart has them, and saves their defaults where it has not: what
            // it saves the second time is what was there before.
            await RecordOnceAsync(chart);
            await RecordOnceAsync(chart);
        }
        catch (Exception e) when (e is PlaywrightException or TimeoutException or JobException)
        {
            var picture = Path.Combine(pictures, $"record-{chart.Uuid}.png");
            Directory.CreateDirectory(pictures);
            await page.ScreenshotAsync(new() { Path = picture });
            var cause = e is JobException ? e.Message : e.Message.Split('\n')[0];
            throw new JobException($"chart '{chart.Title}' was not recorded: {cause.TrimEnd('.')}{await ComplaintAsync()} (picture: {picture})", e);
        }
    }

    private async Task RecordOnceAsync(Chart chart)
    {
        try
        {
            await DrawAndSaveAsync(chart);
        }
        catch (Exception e) when (_inExplore && e is PlaywrightException or TimeoutException)
        {
            _inExplore = false;
            await DrawAndSaveAsync(chart);
        }
    }

    private async Task DrawAndSaveAsync(Chart chart)
    {
        await DrawAsync(chart);
        await SaveAsync(chart);
        _inExplore = true;
    }

    private async Task DrawAsync(Chart chart)
    {
        var answer = page.WaitForResponseAsync(
            response => ChartData().IsMatch(response.Url) && response.Request.Method == "POST", new() { Timeout = DrawTimeout });
        await OpenAsync($"/explore/?slice_id={chart.Id}");
        var data = await answer;
        if (!data.Ok)
        {
            throw new JobException($"its query was answered {data.Status}: {Message(await data.TextAsync())}");
        }

        await page.Locator("[data-test=\"slice-container\"]").First.WaitForAsync(new() { Timeout = DrawTimeout });
        await Assertions.Expect(page.Locator("[data-test=\"chart-container\"] [data-test=\"loading-indicator\"]"))
            .ToHaveCountAsync(0, new() { Timeout = DrawTimeout });
    }

    // Within Superset's page, as by its links: loading its scripts anew takes longer than all the rest.
    private async Task OpenAsync(string address)
    {
        if (_inExplore)
        {
            await page.EvaluateAsync(
                """
                async address => {
                  for (const next of ['/elsewhere/', address]) {
                    window.history.pushState(null, '', next);
                    window.dispatchEvent(new PopStateEvent('popstate', { state: null }));
                    await new Promise(resolve => setTimeout(resolve, 100));
                  }
                }
                """,
                address);
        }
        else
        {
            await page.GotoAsync(address, new() { WaitUntil = WaitUntilState.Commit, Timeout = DrawTimeout });
        }
    }

    private async Task SaveAsync(Chart chart)
    {
        await page.Locator("[data-test=\"query-save-button\"]").ClickAsync(new() { Timeout = SaveTimeout });
        await page.Locator("[data-test=\"save-overwrite-radio\"]").CheckAsync(new() { Timeout = SaveTimeout });
        var read = page.WaitForResponseAsync(
            response => response.Request.Method == "GET" && response.Url.Contains("/api/v1/explore/?", StringComparison.Ordinal), new() { Timeout = SaveTimeout });
        var saved = await page.RunAndWaitForResponseAsync(
            () => page.Locator("[data-test=\"btn-modal-save\"], #btn_modal_save").First.ClickAsync(new() { Timeout = SaveTimeout }),
            response => response.Request.Method == "PUT" && response.Url.EndsWith($"/api/v1/chart/{chart.Id}", StringComparison.Ordinal),
            new() { Timeout = SaveTimeout });
        if (!saved.Ok)
        {
            throw new JobException($"saving was answered {saved.Status}: {Message(await saved.TextAsync())}");
        }

        Check(chart, saved.Request.PostData ?? "{}");

        // The page reads the chart back, and would come in between if it were left before.
        await (await read).FinishedAsync();
        await page.Locator("[data-test=\"save-overwrite-radio\"]").WaitForAsync(new() { State = WaitForSelectorState.Detached, Timeout = SaveTimeout });
    }

    // What is stored must be a query, and of this very form: the page saves what it holds at the moment.
    private static void Check(Chart chart, string body)
    {
        var root = JsonDocument.Parse(body).RootElement;
        if (Text(root, "params") is not { } form || Text(root, "query_context") is not { } query)
        {
            throw new JobException("the page saved no params or no query_context");
        }

        var context = JsonDocument.Parse(query).RootElement;
        var parameters = JsonDocument.Parse(form).RootElement;
        var type = parameters.GetProperty("viz_type").GetString();
        if (Text(root, "slice_name") != chart.Title || parameters.GetProperty("slice_id").GetInt32() != chart.Id)
        {
            throw new JobException($"the page saved another chart, '{Text(root, "slice_name")}'");
        }

        if (context.GetProperty("queries").GetArrayLength() == 0 || context.GetProperty("form_data").GetProperty("viz_type").GetString() != type)
        {
            throw new JobException("the page saved a query_context of another form");
        }
    }

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    private async Task<string> ComplaintAsync()
    {
        var texts = await page.Locator(string.Join(", ", Complaints)).AllInnerTextsAsync();
        var said = string.Join(" / ", texts.Select(text => text.ReplaceLineEndings(" ").Trim()).Where(text => text.Length > 0).Distinct());
        return said.Length > 0 ? $"; the page says: {said}" : "";
    }

    private static string Message(string answer) => answer.ReplaceLineEndings(" ")[..Math.Min(answer.Length, 300)];

    [GeneratedRegex(@"/api/v1/chart/data(\?|\z)")]
    private static partial Regex ChartData();
}
