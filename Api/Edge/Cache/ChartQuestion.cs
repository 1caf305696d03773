using System.Buffers;
using System.Collections.Frozen;
using System.Text.Encodings.Web;
using System.Text.Json;
using EmbedStack.Api.Http;

namespace EmbedStack.Api.Edge.Cache;

/// <summary>What a page asks of <c>/api/v1/chart/data</c>, in the one form that is both kept under and sent on.</summary>
/// <param name="Body">The canonical body, without <c>force</c> and without what changes no answer.</param>
/// <param name="Force">Whether the page wants it asked anew.</param>
/// <param name="Dashboard">The dashboard's number that the page names.</param>
/// <param name="Dataset">The dataset's number.</param>
/// <param name="Chart">The chart's number; null for filters' values.</param>
/// <param name="IsExport">Whether a file is wanted.</param>
/// <param name="IsRows">Whether single rows are, as a drill shows them.</param>
/// <param name="IsPlain">Whether nobody chose anything on the page yet.</param>
/// <param name="IsKept">Whether an answer may be kept: charts and filters' values, no exports, no drills, no single rows.</param>
internal sealed record ChartQuestion(
    ReadOnlyMemory<byte> Body, bool Force, int? Dashboard, int? Dataset, int? Chart, bool IsExport, bool IsRows, bool IsPlain, bool IsKept)
{
    // Superset reads no others; kept under these, a guest could have one answer kept again and again.
    private static readonly CanonicalJson.Members Asks = CanonicalJson.Members.All with
    {
        Only = FrozenSet.ToFrozenSet(["datasource", "queries", "form_data", "result_format", "result_type", "custom_cache_timeout"], StringComparer.Ordinal),
        Within = new Dictionary<string, CanonicalJson.Members>(StringComparer.Ordinal)
        {
            ["queries"] = Without("url_params"),
            ["form_data"] = Without(
                "url_params", "force", "label_colors", "map_label_colors", "shared_label_colors", "color_scheme", "own_color_scheme", "color_scheme_domain"),
        }.ToFrozenDictionary(StringComparer.Ordinal),
    };

    private static readonly FrozenSet<string> KeptTypes = FrozenSet.ToFrozenSet(["full", "results", "post_processed"], StringComparer.Ordinal);
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The body to send on, with the page's wish where it may have it.</summary>
    public ReadOnlyMemory<byte> Asked(bool force) => force ? (byte[])[.. """{"force":true,"""u8, .. Body.Span[1..]] : Body;

    /// <exception cref="ProblemException">It is not what a page sends.</exception>
    public static ChartQuestion Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = CanonicalJson.Parse(body);
            var asked = document.RootElement;
            var text = new ArrayBufferWriter<byte>(body.Length + 64);
            using (var writer = new Utf8JsonWriter(text, Plain))
            {
                CanonicalJson.Write(writer, asked, Asks);
            }

            var formData = Member(asked, "form_data");
            return new ChartQuestion(
                text.WrittenSpan.ToArray(), ReadForce(asked), Number(formData, "dashboardId"), Number(Member(asked, "datasource"), "id"),
                Number(formData, "slice_id"), Text(asked, "result_format") is "csv" or "xlsx", AreRows(asked), IsUnchosen(formData), MayBeKept(asked, formData));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new ProblemException(Problems.Malformed, exception);
        }
    }

    private static CanonicalJson.Members Without(params string[] names) =>
        CanonicalJson.Members.All with { Without = FrozenSet.ToFrozenSet(names, StringComparer.Ordinal) };

    private static bool ReadForce(JsonElement asked) => Member(asked, "force") switch
    {
        { ValueKind: JsonValueKind.True } => true,
        null or { ValueKind: JsonValueKind.False or JsonValueKind.Null } => false,
        _ => throw new JsonException("force is no yes or no."),
    };

    private static bool AreRows(JsonElement asked) =>
        IsOfRows(asked) || (Member(asked, "queries") is { ValueKind: JsonValueKind.Array } queries && queries.EnumerateArray().Any(query => IsOfRows(query)));

    private static bool IsOfRows(JsonElement of) => Text(of, "result_type") is "samples" or "drill_detail";

    private static bool IsUnchosen(JsonElement? formData) =>
        Member(formData, "extra_form_data") is null or { ValueKind: JsonValueKind.Null }
        || (Member(formData, "extra_form_data") is { ValueKind: JsonValueKind.Object } chosen && !chosen.EnumerateObject().Any());

    private static bool MayBeKept(JsonElement asked, JsonElement? formData) =>
        Text(asked, "result_format") == "json"
        && Text(asked, "result_type") is { } type && KeptTypes.Contains(type)
        && Text(Member(asked, "datasource"), "type") == "table"
        && Member(asked, "queries") is { ValueKind: JsonValueKind.Array } queries && queries.GetArrayLength() > 0
        && queries.EnumerateArray().All(query => query.ValueKind == JsonValueKind.Object && (Member(query, "result_type") is null || Text(query, "result_type") == type))
        && (Text(formData, "type") == "NATIVE_FILTER" ? Member(formData, "slice_id") is null : Number(formData, "slice_id") > 0);

    private static JsonElement? Member(JsonElement? of, string name) =>
        of is { ValueKind: JsonValueKind.Object } members && members.TryGetProperty(name, out var value) ? value : null;

    private static string? Text(JsonElement? of, string name) => Member(of, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static int? Number(JsonElement? of, string name) =>
        Member(of, name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var value) ? value : null;
}
