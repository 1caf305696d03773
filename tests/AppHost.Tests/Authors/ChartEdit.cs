using System.Text.Json;

namespace EmbedStack.AppHost.Tests.Authors;

/// <summary>A chart of a dashboard as its author changes it, by the requests of Explore's own page.</summary>
internal sealed class ChartEdit(AuthorPage author, int number)
{
    public static async Task<ChartEdit> OfAsync(AuthorPage author, Guid dashboard, string title)
    {
        using var answer = JsonDocument.Parse(await author.FetchAsync($"/api/v1/authoring/dashboards/{dashboard}"));
        var chart = answer.RootElement.GetProperty("result").EnumerateArray().Single(item => item.GetProperty("title").GetString() == title);
        return new ChartEdit(author, chart.GetProperty("id").GetInt32());
    }

    /// <summary>Writes one text for another, in what the chart draws and in the query that goes with it.</summary>
    public async Task ReplaceAsync(string before, string after)
    {
        using var answer = JsonDocument.Parse(await author.FetchAsync($"/api/v1/chart/{number}"));
        var stored = answer.RootElement.GetProperty("result");
        await SaveAsync(new Dictionary<string, string?>
        {
            ["params"] = Replaced(stored, "params", before, after), ["query_context"] = Replaced(stored, "query_context", before, after),
        });
    }

    public async Task SaveAsync(Dictionary<string, string?> fields)
    {
        var answer = await author.PutAsync($"/api/v1/chart/{number}", fields);
        Assert.True(answer.StartsWith("{\"id\":", StringComparison.Ordinal), $"saving was answered {answer}");
    }

    private static string Replaced(JsonElement stored, string name, string before, string after)
    {
        var text = stored.GetProperty(name).GetString()!;
        Assert.Contains(before, text, StringComparison.Ordinal);
        return text.Replace(before, after, StringComparison.Ordinal);
    }
}
