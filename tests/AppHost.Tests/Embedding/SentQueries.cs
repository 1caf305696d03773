using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EmbedStack.AppHost.Tests.Leak.Stored;
using Microsoft.Playwright;

namespace EmbedStack.AppHost.Tests.Embedding;

/// <summary>Collects what an embedded page asks for its charts.</summary>
internal sealed partial class SentQueries
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly Dictionary<int, StoredChart> charts;
    private readonly Dictionary<int, SentQuery> last = [];
    private readonly Lock gate = new();
    private DateTime changed = DateTime.UtcNow;

    public SentQueries(IPage page, IEnumerable<StoredChart> charts)
    {
        this.charts = charts.ToDictionary(chart => chart.Id);
        page.Request += (_, request) => Note(request);
    }

    /// <summary>Whether a chart was asked for since the last step began.</summary>
    public bool Any
    {
        get
        {
            lock (gate)
            {
                return last.Count > 0;
            }
        }
    }

    /// <summary>Forgets what was asked so far, does something, and gives what each chart asks then, once the page is quiet.</summary>
    public async Task<IReadOnlyCollection<SentQuery>> AfterAsync(int atLeast, Func<Task> act)
    {
        lock (gate)
        {
            last.Clear();
            changed = DateTime.UtcNow;
        }

        await act();
        var since = DateTime.UtcNow;
        while (true)
        {
            lock (gate)
            {
                if (last.Count >= atLeast && DateTime.UtcNow - changed > Quiet)
                {
                    return [.. last.Values];
                }
            }

            Assert.True(DateTime.UtcNow - since < Limit, $"the page asked for {last.Count} charts, not for {atLeast} or more");
            await Task.Delay(200, TestContext.Current.CancellationToken);
        }
    }

    private void Note(IRequest request)
    {
        if (request.Method != "POST" || !ChartData().IsMatch(request.Url) || request.PostData is null)
        {
            return;
        }

        var body = JsonNode.Parse(request.PostData)!;
        if ((int?)body["form_data"]!["slice_id"] is { } id && charts.TryGetValue(id, out var chart))
        {
            lock (gate)
            {
                last[id] = new SentQuery(chart, body, request);
                changed = DateTime.UtcNow;
            }
        }
    }

    [GeneratedRegex(@"/api/v1/chart/data(\?|\z)")]
    private static partial Regex ChartData();
}
