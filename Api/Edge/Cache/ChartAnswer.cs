using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace EmbedStack.Api.Edge.Cache;

/// <summary>
/// What Superset says of a chart's answer itself: how old it is, how long it holds, whether something went wrong. An age
/// counts from when the database was asked, or ages would add up along the way.
/// </summary>
/// <param name="Rows">Rows of all its queries.</param>
/// <param name="AskedAt">When the database was asked, of its oldest query.</param>
/// <param name="FreshUntil">When its first query is over; <see cref="DateTimeOffset.MaxValue"/> for never.</param>
/// <param name="WasCached">Whether any of it waited in Superset's own cache.</param>
internal sealed record ChartAnswer(int Rows, DateTimeOffset AskedAt, DateTimeOffset FreshUntil, bool WasCached)
{
    /// <returns>Null where it must not be kept: an error, no times, or a chart that is never to be.</returns>
    public static ChartAnswer? Read(JsonElement answer)
    {
        if (answer.ValueKind != JsonValueKind.Object || HasError(answer)
            || !answer.TryGetProperty("result", out var results) || results.ValueKind != JsonValueKind.Array || results.GetArrayLength() == 0)
        {
            return null;
        }

        var all = new ChartAnswer(0, DateTimeOffset.MaxValue, DateTimeOffset.MaxValue, false);
        foreach (var result in results.EnumerateArray())
        {
            if (ReadResult(result) is not { } one)
            {
                return null;
            }

            all = new ChartAnswer(
                all.Rows + one.Rows, Earlier(all.AskedAt, one.AskedAt), Earlier(all.FreshUntil, one.FreshUntil), all.WasCached || one.WasCached);
        }

        return all;
    }

    /// <summary>Counts the rows of any answer, kept or not, for the audit.</summary>
    public static int CountRows(JsonElement answer) =>
        answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("result", out var results) && results.ValueKind == JsonValueKind.Array
            ? results.EnumerateArray().Sum(result => result.ValueKind == JsonValueKind.Object ? Number(result, "rowcount") ?? 0 : 0)
            : 0;

    /// <summary>The same answer as it is told again: from a cache, and filled when the database was asked.</summary>
    public static void WriteAgain(Utf8JsonWriter writer, JsonElement answer)
    {
        writer.WriteStartObject();
        foreach (var member in answer.EnumerateObject())
        {
            writer.WritePropertyName(member.Name);
            if (member.Name == "result")
            {
                writer.WriteStartArray();
                foreach (var result in member.Value.EnumerateArray())
                {
                    WriteResult(writer, result);
                }

                writer.WriteEndArray();
            }
            else
            {
                Copy(writer, member.Value);
            }
        }

        writer.WriteEndObject();
    }

    private static ChartAnswer? ReadResult(JsonElement result)
    {
        if (result.ValueKind != JsonValueKind.Object || HasError(result)
            || Number(result, "cache_timeout") is not { } holds || holds < 0
            || (Time(result, "cached_dttm") ?? Time(result, "queried_dttm")) is not { } askedAt)
        {
            return null;
        }

        var cached = result.TryGetProperty("is_cached", out var flag) && flag.ValueKind == JsonValueKind.True;
        return new ChartAnswer(Number(result, "rowcount") ?? 0, askedAt, holds == 0 ? DateTimeOffset.MaxValue : askedAt.AddSeconds(holds), cached);
    }

    private static bool HasError(JsonElement of) =>
        IsSaid(of, "error") || IsSaid(of, "errors") || IsSaid(of, "stacktrace")
        || (IsSaid(of, "status") && !(of.GetProperty("status") is { ValueKind: JsonValueKind.String } status && status.ValueEquals("success")));

    private static bool IsSaid(JsonElement of, string name) => of.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null;

    private static void WriteResult(Utf8JsonWriter writer, JsonElement result)
    {
        writer.WriteStartObject();
        foreach (var member in result.EnumerateObject())
        {
            writer.WritePropertyName(member.Name);
            switch (member.Name)
            {
                case "is_cached":
                    writer.WriteBooleanValue(true);
                    break;
                case "cached_dttm" when member.Value.ValueKind == JsonValueKind.Null && result.TryGetProperty("queried_dttm", out var asked):
                    Copy(writer, asked);
                    break;
                default:
                    Copy(writer, member.Value);
                    break;
            }
        }

        writer.WriteEndObject();
    }

    private static void Copy(Utf8JsonWriter writer, JsonElement value) => writer.WriteRawValue(JsonMarshal.GetRawUtf8Value(value), skipInputValidation: true);

    private static int? Number(JsonElement of, string name) =>
        of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : null;

    // With Superset's own zone, or none: then it is UTC.
    private static DateTimeOffset? Time(JsonElement of, string name) =>
        of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
        && DateTimeOffset.TryParse(value.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : null;

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
