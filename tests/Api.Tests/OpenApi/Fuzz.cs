using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EmbedStack.Api.Tests.OpenApi;

/// <summary>Makes requests of what a document describes, what answers have said, and what nobody should send.</summary>
internal sealed class Fuzz(Described document, int seed)
{
    private static readonly string[] Nasty =
    [
        "", " ", "*", "0", "-1", "null", "true", "2026-02-30", "1e999", "9223372036854775808", "../../etc/passwd", "' OR 1=1 --", "\"", "\\", "{0}", "${x}",
        "\0", "\r\nX: y", "\u202e", "\ud83d\ude00", "ａ", new('a', 65), new('a', 300), new('é', 5000), "00000000-0000-0000-0000-000000000000",
        "clinic", "admin", "person", "session", "tenant", "dashboard", "all", "region", "\"0\"", "1,2", "[]", "{}", "%00", "%2e%2e",
    ];

    private readonly Random _random = new(seed);
    private readonly List<string> _heard = [];

    /// <summary>Keeps what an answer says, to say it again elsewhere.</summary>
    public void Hear(JsonElement answer)
    {
        switch (answer.ValueKind)
        {
            case JsonValueKind.Object:
                answer.EnumerateObject().ToList().ForEach(member => Hear(member.Value));
                break;
            case JsonValueKind.Array:
                answer.EnumerateArray().ToList().ForEach(Hear);
                break;
            case JsonValueKind.String when answer.GetString() is { Length: > 0 and < 100 } text && !_heard.Contains(text) && _heard.Count < 200:
                _heard.Add(text);
                break;
        }
    }

    public (string Target, IReadOnlyList<(string Name, string Value)> Headers, HttpContent? Content) Request(Operation operation)
    {
        var target = new StringBuilder(operation.Path);
        var (query, headers) = (new List<string>(), new List<(string, string)>());
        foreach (var parameter in operation.Parameters)
        {
            var value = parameter.Values.Count > 0 && !Sometimes(10) ? Pick(parameter.Values) : Text();
            switch (parameter.In)
            {
                case "path":
                    target.Replace($"{{{parameter.Name}}}", Uri.EscapeDataString(value.Length is > 0 and < 1000 ? value : "x"));
                    break;
                case "query" when Sometimes(60):
                    query.Add($"{parameter.Name}={Uri.EscapeDataString(value.Length < 1000 ? value : "x")}");
                    break;
                case "header" when parameter.Values.Count > 0 || Sometimes(70):
                    headers.Add((parameter.Name, new string([.. value.Where(c => c is > ' ' and < '\x7f')])));
                    break;
            }
        }

        return ($"{target}{(query.Count > 0 ? "?" : "")}{string.Join('&', query)}", headers, operation.Body is { } schema ? Content(schema) : null);
    }

    private StringContent? Content(JsonElement schema)
    {
        var text = Sometimes(85) ? Value(schema, 0)?.ToJsonString() ?? "null" : Pick<string>(["{", "[[[[", "", "\"x\"", "7", new string('[', 2000), "{\"a\":1,\"a\":2}", new string(' ', 9_000)]);
        return Sometimes(95) ? new StringContent(text, Encoding.UTF8, Sometimes(95) ? "application/json" : "text/plain") : null;
    }

    private JsonNode? Value(JsonElement schema, int depth)
    {
        schema = document.Resolve(schema);
        if (depth > 6 || Sometimes(8))
        {
            return Pick<Func<JsonNode?>>([() => null, () => Text(), () => _random.Next(), () => new JsonArray(), () => new JsonObject(), () => true])();
        }

        foreach (var kind in (string[])["oneOf", "anyOf"])
        {
            if (schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty(kind, out var choices))
            {
                return Value(Pick([.. choices.EnumerateArray()]), depth + 1);
            }
        }

        return TypeOf(schema) switch
        {
            "object" => Object(schema, depth),
            "array" => new JsonArray([.. Enumerable.Range(0, _random.Next(4)).Select(_ => Value(schema.GetProperty("items"), depth + 1))]),
            "boolean" => Sometimes(50),
            "integer" or "number" => _random.Next(-5, 100),
            _ => Text(),
        };
    }

    private JsonObject Object(JsonElement schema, int depth)
    {
        var made = new JsonObject();
        if (schema.TryGetProperty("properties", out var properties))
        {
            foreach (var property in properties.EnumerateObject().Where(_ => Sometimes(80)))
            {
                made[property.Name] = Value(property.Value, depth + 1);
            }
        }

        if (schema.TryGetProperty("additionalProperties", out var others) && others.ValueKind == JsonValueKind.Object && Sometimes(50))
        {
            made[Text()] = Value(others, depth + 1);
        }

        return made;
    }

    private static string? TypeOf(JsonElement schema) =>
        schema.ValueKind != JsonValueKind.Object || !schema.TryGetProperty("type", out var type) ? null
        : type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(item => item.GetString()).First(item => item != "null")
        : type.GetString();

    // No unpaired surrogates: they have no form on the wire.
    private string Text() => _heard.Count > 0 && Sometimes(40) ? Pick(_heard) : Pick(Nasty);

    private bool Sometimes(int percent) => _random.Next(100) < percent;

    private T Pick<T>(IReadOnlyList<T> from) => from[_random.Next(from.Count)];
}
