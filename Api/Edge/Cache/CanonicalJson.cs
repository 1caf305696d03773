using System.Text.Json;

namespace EmbedStack.Api.Edge.Cache;

/// <summary>
/// JSON in one form: members in order, texts as UTF-8 without escapes' variants, numbers as their own text (a page sends
/// integers that no double holds). What parsers would read differently is refused: members named twice, halves of
/// surrogate pairs. Letters' case and composed or decomposed accents stay as they are: Postgres tells them apart.
/// </summary>
internal static class CanonicalJson
{
    // The order of a step's options is the order of an answer's columns.
    private const string Ordered = "post_processing";

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <exception cref="JsonException">It is not JSON, or not of one meaning.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> text) => JsonDocument.Parse(text, Strict);

    /// <summary>Writes the value, without the members that <paramref name="leftOut"/> names by their path.</summary>
    /// <exception cref="InvalidOperationException">A text is no Unicode.</exception>
    public static void Write(Utf8JsonWriter writer, JsonElement value, IReadOnlySet<string> leftOut) => Write(writer, value, leftOut, "", sort: true);

    private static void Write(Utf8JsonWriter writer, JsonElement value, IReadOnlySet<string> leftOut, string path, bool sort)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                var members = value.EnumerateObject();
                writer.WriteStartObject();
                foreach (var member in sort ? members.OrderBy(member => member.Name, StringComparer.Ordinal) : members.AsEnumerable())
                {
                    var inner = path.Length == 0 ? member.Name : $"{path}.{member.Name}";
                    if (!leftOut.Contains(inner))
                    {
                        writer.WritePropertyName(member.Name);
                        Write(writer, member.Value, leftOut, inner, sort && member.Name != Ordered);
                    }
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                {
                    Write(writer, item, leftOut, path, sort);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                writer.WriteStringValue(value.GetString());
                break;
            case JsonValueKind.Number:
                writer.WriteRawValue(value.GetRawText(), skipInputValidation: true);
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }
}
