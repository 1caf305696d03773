using System.Globalization;
using System.Text.Json;
using EmbedStack.Api.Edge.Cache;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace EmbedStack.Api.Edge.DataAccess;

/// <summary>Single rows, which a drill shows: never kept, always written down.</summary>
internal sealed class RowReads(CacheFactsSource facts, SupersetReads superset, AnswerWriter writer, DataAccessLog accesses) : IGuestReads
{
    private const string Route = "datasource/samples";

    public async ValueTask<EdgeSource?> AnswerAsync(GuestRead read, HttpContext context, CancellationToken cancellationToken)
    {
        if (read.Route != EdgeRoute.Read || !HttpMethods.IsPost(read.Method) || !read.Target.StartsWith(Route, StringComparison.Ordinal))
        {
            return null;
        }

        var asked = QueryHelpers.ParseQuery(read.Target[Route.Length..]);
        var access = Access(read, asked);
        using var answer = await accesses.TryAsync(access, context, async () =>
        {
            var body = await OtherDashboard.AskAsync(read.Guest, Named(asked), () => superset.AskAsync(read, cancellationToken));
            return writer.Prepare(context, read.Guest, new FilledAnswer(body, Count(body), null, EdgeSource.Superset));
        });
        await accesses.WriteAsync(access with { Rows = answer.Rows, Source = answer.Source });
        await answer.SendAsync();
        return answer.Source;
    }

    private DataAccessEntry Access(GuestRead read, Dictionary<string, StringValues> asked) => DataAccessEntry.By(read.Guest) with
    {
        Way = DataAccessWay.Rows,
        Dashboard = read.Guest.Dashboard(Named(asked))?.Key,
        Dataset = read.Guest.Dataset(facts.Current?.Dataset(Number(asked, "datasource_id"))),
    };

    private string? Named(Dictionary<string, StringValues> asked) => facts.Current?.Dashboard(Number(asked, "dashboard_id"));

    private static int? Number(Dictionary<string, StringValues> asked, string name) =>
        int.TryParse(asked.GetValueOrDefault(name).ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static int Count(ReadOnlyMemory<byte> answer)
    {
        try
        {
            using var document = JsonDocument.Parse(answer);
            return document.RootElement.TryGetProperty("result", out var result) && result.ValueKind == JsonValueKind.Object
                && result.TryGetProperty("data", out var rows) && rows.ValueKind == JsonValueKind.Array
                    ? rows.GetArrayLength()
                    : 0;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return 0;
        }
    }
}
