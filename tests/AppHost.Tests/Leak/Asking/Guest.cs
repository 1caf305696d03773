using System.Net.Http.Json;
using System.Text.Json.Nodes;
using EmbedStack.AppHost.Tests.Leak.Stored;
using EmbedStack.AppHost.Tests.Stack;

namespace EmbedStack.AppHost.Tests.Leak.Asking;

/// <summary>Somebody with a guest token who speaks to Superset by hand.</summary>
/// <param name="stack">The stack.</param>
/// <param name="token">The token to show at the embed origin, and everywhere where nothing else is given.</param>
/// <param name="supersets">Superset's own token, for the other ways.</param>
/// <param name="usual">The way of questions that name none.</param>
internal sealed class Guest(StackFixture stack, string? token, Func<Task<string>>? supersets = null, Way usual = Way.Embed)
{
    // One client for all: connections are the scarce thing in a long run.
    private static readonly HttpClient Client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false })
    {
        Timeout = TimeSpan.FromSeconds(90),
    };

    /// <summary>A signed-in person with a real token for a dashboard.</summary>
    public static async Task<Guest> OfAsync(StackFixture stack, Person person, string dashboard)
    {
        var session = await stack.Sessions.OfAsync(person);
        return new(
            stack, await session.TokenAsync(dashboard, TestContext.Current.CancellationToken),
            async () => await (await stack.DirectApiAsync()).TokenAsync(session, dashboard, TestContext.Current.CancellationToken));
    }

    /// <summary>Asks for a chart's or a filter's rows as the page does.</summary>
    public Task<Answer> AskAsync(JsonObject request, Way? way = null)
    {
        var form = request["form_data"]?.AsObject();
        var slice = (int?)form?["slice_id"] is { } id ? $"form_data=%7B%22slice_id%22%3A{id}%7D&" : "";
        return SendAsync(HttpMethod.Post, $"api/v1/chart/data?{slice}dashboard_id={(int?)form?["dashboardId"]}", JsonContent.Create(request), way ?? usual);
    }

    /// <summary>Exports a chart's rows as the page does: a form that goes into a new tab, token and all.</summary>
    public async Task<Answer> ExportAsync(JsonObject request, Way? way = null, string format = "csv")
    {
        var export = request.DeepClone().AsObject();
        export["result_format"] = format;
        export["form_data"]!["result_format"] = format;
        var fields = new Dictionary<string, string> { ["form_data"] = export.ToJsonString(), ["guest_token"] = await TokenForAsync(way ?? usual) ?? "", ["csrf_token"] = "" };
        return await SendAsync(HttpMethod.Post, $"api/v1/chart/data?dashboard_id={(int?)export["form_data"]!["dashboardId"]}", new FormUrlEncodedContent(fields), way ?? usual, inHeader: false);
    }

    /// <summary>Drills to detail: a page of a dataset's rows.</summary>
    public Task<Answer> SamplesAsync(int dashboard, StoredDataset dataset, Way? way = null, JsonObject? filters = null, int page = 1, int rows = 50, bool force = false) =>
        SendAsync(
            HttpMethod.Post,
            $"datasource/samples?datasource_type=table&datasource_id={dataset.Id}&dashboard_id={dashboard}&page={page}&per_page={rows}&force={(force ? "true" : "false")}",
            JsonContent.Create(filters ?? new JsonObject { ["filters"] = new JsonArray(), ["extras"] = new JsonObject { ["having"] = "", ["where"] = "" } }),
            way ?? usual);

    public Task<Answer> GetAsync(string path, Way? way = null) => SendAsync(HttpMethod.Get, path, null, way ?? usual);

    public async Task<Answer> SendAsync(HttpMethod method, string path, HttpContent? content, Way way, bool inHeader = true, IReadOnlyDictionary<string, string>? headers = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(await AddressAsync(way), path)) { Content = content };
        if (inHeader && await TokenForAsync(way) is { } shown)
        {
            request.Headers.Add("X-GuestToken", shown);
        }

        switch (way)
        {
            case Way.Direct:
                request.Headers.Add("X-Superset-Ingress", await stack.ParameterAsync("superset-ingress-secret"));
                break;
            case Way.Passed:
                request.Headers.Host = stack.Embed.Authority;
                break;
        }

        foreach (var (name, value) in headers ?? new Dictionary<string, string>())
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await Client.SendAsync(request, TestContext.Current.CancellationToken);
        return new Answer(response.StatusCode, response.Content.Headers.ContentType?.MediaType == Spreadsheet.MediaType
            ? Spreadsheet.AsCsv(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken))
            : await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private async Task<string?> TokenForAsync(Way way) => way == Way.Embed || supersets is null ? token : await supersets();

    private async Task<Uri> AddressAsync(Way way) => way switch
    {
        Way.Embed => stack.Embed,
        Way.Passed => (await stack.DirectApiAsync()).Embed,
        _ => stack.Superset,
    };
}
