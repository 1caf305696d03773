using System.Collections.Frozen;
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

    // A page's questions have a few hundred; each is sorted, hashed and written anew at every request.
    private const int MostMembers = 20_000;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>Which members of an object are written.</summary>
    /// <param name="Only">These; all where it is null.</param>
    /// <param name="Without">Less these.</param>
    /// <param name="Within">How the objects within these members are written; all others whole.</param>
    public sealed record Members(FrozenSet<string>? Only, FrozenSet<string> Without, FrozenDictionary<string, Members> Within)
    {
        internal static readonly Members All = new(null, FrozenSet<string>.Empty, FrozenDictionary<string, Members>.Empty);

        internal bool Has(string name) => (Only is null || Only.Contains(name)) && !Without.Contains(name);
    }

    /// <exception cref="JsonException">It is not JSON, or not of one meaning.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> text) => JsonDocument.Parse(text, Strict);

    /// <summary>Writes the value; its objects, also those in lists, with the members that are named.</summary>
    /// <exception cref="InvalidOperationException">A text is no Unicode.</exception>
    /// <exception cref="JsonException">It has more members than any question.</exception>
    public static void Write(Utf8JsonWriter writer, JsonElement value, Members members)
    {
        var left = MostMembers;
        Write(writer, value, members, sort: true, ref left);
    }

    private static void Write(Utf8JsonWriter writer, JsonElement value, Members members, bool sort, ref int left)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                var all = value.EnumerateObject();
                writer.WriteStartObject();
                foreach (var member in sort ? all.OrderBy(member => member.Name, StringComparer.Ordinal) : all.AsEnumerable())
                {
                    var name = member.Name;
                    if (--left < 0)
                    {
                        throw new JsonException("There are too many members.");
                    }

                    if (members.Has(name))
                    {
                        writer.WritePropertyName(name);
                        Write(writer, member.Value, members.Within.GetValueOrDefault(name, Members.All), sort && name != Ordered, ref left);
                    }
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                {
                    Write(writer, item, members, sort, ref left);
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
