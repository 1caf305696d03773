using System.Net;
using System.Text.Json.Nodes;
using EmbedStack.AppHost.Tests.Leak.Asking;
using EmbedStack.AppHost.Tests.Leak.Stored;
using Microsoft.Playwright;

namespace EmbedStack.AppHost.Tests.Embedding;

/// <summary>A query that the embedded page sent for a chart, held against the one that is stored.</summary>
internal sealed record SentQuery(StoredChart Chart, JsonNode Body, IRequest Request)
{
    // What the page adds: whom it asks for, and filters. Nothing else may differ, and nothing of form_data decides a query.
    private static readonly string[] Added = ["url_params", "filters", "time_range"];
    private static readonly string[] Same = ["datasource", "result_format", "result_type"];
    private static readonly string[] Form = ["viz_type", "slice_id", "datasource", "row_limit"];
    private static readonly string[] Top = ["datasource", "force", "queries", "form_data", "result_format", "result_type"];

    /// <summary>Columns that the page filtered by beyond what is stored.</summary>
    public IEnumerable<string> FilteredBy => AddedFilters.Select(filter => filter["col"]!.ToString());

    /// <summary>The filters that the page added to those stored.</summary>
    public IEnumerable<JsonNode> AddedFilters => Pairs().SelectMany(pair => Beyond(pair.Stored, pair.Sent));

    /// <summary>Whether the page narrowed the time.</summary>
    public bool InTime => Pairs().Any(pair => pair.Sent["time_range"] is not null);

    /// <summary>What the page was answered.</summary>
    public async Task<Answer> AnswerAsync()
    {
        var response = await Request.ResponseAsync() ?? throw new InvalidOperationException($"{Chart} was not answered.");
        return new Answer((HttpStatusCode)response.Status, await response.TextAsync());
    }

    /// <summary>What differs beyond the documented, as lines for a failing test; none when all is well.</summary>
    public IReadOnlyList<string> Differences()
    {
        List<string> found = [];
        var stored = JsonNode.Parse(Chart.QueryContext)!;
        found.AddRange(Body.AsObject().Where(field => !Top.Contains(field.Key)).Select(field => $"{field.Key} is sent"));
        found.AddRange(Same.Where(name => !JsonNode.DeepEquals(stored[name], Body[name])));
        foreach (var name in Form)
        {
            Compare($"form_data.{name}", stored["form_data"]![name], Body["form_data"]![name]);
        }

        Compare("number of queries", stored["queries"]!.AsArray().Count, Body["queries"]!.AsArray().Count);
        foreach (var (expected, sent) in Pairs())
        {
            foreach (var name in expected.AsObject().Select(field => field.Key).Union(sent.AsObject().Select(field => field.Key)).Except(Added))
            {
                Compare($"queries.{name}", expected[name], sent[name]);
            }

            found.AddRange(Filters(expected).Where(filter => !Filters(sent).Any(other => JsonNode.DeepEquals(filter, other))).Select(filter => $"stored filter {filter.ToJsonString()} is gone"));
        }

        return found;

        void Compare(string what, JsonNode? expected, JsonNode? sent)
        {
            if (!JsonNode.DeepEquals(expected, sent))
            {
                found.Add($"{what}: stored {expected?.ToJsonString() ?? "nothing"}, sent {sent?.ToJsonString() ?? "nothing"}");
            }
        }
    }

    private IEnumerable<(JsonNode Stored, JsonNode Sent)> Pairs() =>
        JsonNode.Parse(Chart.QueryContext)!["queries"]!.AsArray().Zip(Body["queries"]!.AsArray(), (stored, sent) => (stored!, sent!));

    private static IEnumerable<JsonNode> Beyond(JsonNode stored, JsonNode sent) =>
        Filters(sent).Where(filter => !Filters(stored).Any(other => JsonNode.DeepEquals(filter, other)));

    private static IEnumerable<JsonNode> Filters(JsonNode query) => query["filters"]?.AsArray().Select(filter => filter!) ?? [];
}
