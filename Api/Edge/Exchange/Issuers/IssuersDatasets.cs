using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using EmbedStack.Api.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace EmbedStack.Api.Edge.Exchange.Issuers;

/// <summary>
/// Says which dataset an issuer's guest may not ask for. Superset answers such a question without rows, whoever asks; this
/// guest is told why.
/// </summary>
internal static partial class IssuersDatasets
{
    private const int Unknown = -1;

    /// <exception cref="ProblemException">The guest's token leaves that dataset out.</exception>
    public static void Check(GuestRead read)
    {
        if (read.Guest.Grant.Person.IsIssuers && Asked(read) is { } dataset && read.Guest.Grant.Rules.All(rule => rule.DatasetId != dataset))
        {
            throw new ProblemException(Problems.Forbidden);
        }
    }

    private static int? Asked(GuestRead read)
    {
        if (DrillInfo().Match(read.Target) is { Success: true, Groups: [_, var id] })
        {
            return Number(id.Value);
        }

        var start = read.Target.IndexOf('?', StringComparison.Ordinal);
        return read.Route == EdgeRoute.ChartData ? AskedByQuery(read)
            : start >= 0 && QueryHelpers.ParseQuery(read.Target[start..]).TryGetValue("datasource_id", out var named) ? Number(named.ToString())
            : null;
    }

    private static int? AskedByQuery(GuestRead read)
    {
        try
        {
            using var query = read.ContentType?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) is true
                ? JsonDocument.Parse(read.Body)
                : JsonDocument.Parse(new FormReader(System.Text.Encoding.UTF8.GetString(read.Body.Span)).ReadForm()["form_data"].ToString());
            return query.RootElement.ValueKind == JsonValueKind.Object
                && query.RootElement.TryGetProperty("datasource", out var dataset) && dataset.ValueKind == JsonValueKind.Object
                && dataset.TryGetProperty("id", out var id)
                    ? Number(id.ToString())
                    : null;
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidDataException)
        {
            return null;
        }
    }

    // What is named and is no number is none of the token's.
    private static int Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : Unknown;

    [GeneratedRegex(@"\Aapi/v1/dataset/([0-9]{1,9})/drill_info/")]
    private static partial Regex DrillInfo();
}
