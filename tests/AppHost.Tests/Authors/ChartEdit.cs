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

    /// <summary>What Superset calls it.</summary>
    public int Number => number;

    public async Task SaveAsync(Dictionary<string, string?> fields)
    {
        var answer = await author.PutAsync($"/api/v1/chart/{number}", fields);
        Assert.True(answer.StartsWith("{\"id\":", StringComparison.Ordinal), $"saving was answered {answer}");
    }
}
