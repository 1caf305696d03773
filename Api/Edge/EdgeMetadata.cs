using System.Text.Json;
using System.Text.Json.Nodes;
using EmbedStack.Api.Http;

namespace EmbedStack.Api.Edge;

/// <summary>
/// Takes the database's side out of what Superset says of datasets: statements, expressions, permissions. The page needs
/// names, types and formats alone.
/// </summary>
internal static class EdgeMetadata
{
    private static readonly HashSet<string> Hidden = new(StringComparer.Ordinal)
    {
        "sql", "select_star", "perm", "schema_perm", "params", "template_params", "fetch_values_predicate", "expression", "edit_url", "default_endpoint",
    };

    /// <exception cref="ProblemException">Superset is too slow, or says something else than JSON.</exception>
    public static async Task<HttpContent> ReduceAsync(HttpContent content, CancellationToken cancellationToken)
    {
        try
        {
            await using var body = await content.ReadAsStreamAsync(cancellationToken);
            var document = await JsonNode.ParseAsync(body, cancellationToken: cancellationToken);
            Reduce(document);
            return JsonContent.Create(document);
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            throw new ProblemException(Problems.SupersetRefused, exception);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
        {
            throw new ProblemException(Problems.SupersetUnavailable, exception);
        }
    }

    private static void Reduce(JsonNode? node)
    {
        if (node is JsonObject members)
        {
            foreach (var name in Hidden)
            {
                members.Remove(name);
            }

            foreach (var (_, value) in members)
            {
                Reduce(value);
            }
        }
        else if (node is JsonArray items)
        {
            foreach (var item in items)
            {
                Reduce(item);
            }
        }
    }
}
