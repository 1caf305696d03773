using System.Text.Json;

namespace EmbedStack.Api.Tests.OpenApi;

/// <summary>An operation as the document describes it.</summary>
internal sealed record Operation(string Method, string Path, IReadOnlyList<Parameter> Parameters, JsonElement? Body, IReadOnlySet<int> Statuses)
{
    public override string ToString() => $"{Method} {Path}";
}

internal sealed record Parameter(string Name, string In, IReadOnlyList<string> Values);

/// <summary>The OpenAPI document: all that its client knows.</summary>
internal sealed class Described(JsonElement document)
{
    public IReadOnlyList<Operation> Operations { get; } =
    [
        .. from path in document.GetProperty("paths").EnumerateObject()
           from operation in path.Value.EnumerateObject()
           select new Operation(
               operation.Name.ToUpperInvariant(), path.Name,
               operation.Value.TryGetProperty("parameters", out var parameters) ? [.. parameters.EnumerateArray().Select(Read)] : [],
               operation.Value.TryGetProperty("requestBody", out var body) ? SchemaOf(body) : null,
               operation.Value.GetProperty("responses").EnumerateObject().Select(answer => int.Parse(answer.Name, System.Globalization.CultureInfo.InvariantCulture)).ToHashSet()),
    ];

    /// <summary>Each answer of each operation: its status, its words, and the types of its contents.</summary>
    public IReadOnlyList<(string Operation, int Status, string Description, IReadOnlyList<string> Types)> Answers { get; } =
    [
        .. from path in document.GetProperty("paths").EnumerateObject()
           from operation in path.Value.EnumerateObject()
           from answer in operation.Value.GetProperty("responses").EnumerateObject()
           select (
               $"{operation.Name.ToUpperInvariant()} {path.Name}", int.Parse(answer.Name, System.Globalization.CultureInfo.InvariantCulture), answer.Value.GetProperty("description").GetString() ?? "",
               answer.Value.TryGetProperty("content", out var content)
                   ? content.EnumerateObject().Where(type => type.Value.TryGetProperty("schema", out _)).Select(type => type.Name).ToArray() : (IReadOnlyList<string>)[]),
    ];

    /// <summary>The schema itself where it is a reference.</summary>
    public JsonElement Resolve(JsonElement schema)
    {
        while (schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("$ref", out var reference))
        {
            schema = document.GetProperty("components").GetProperty("schemas").GetProperty(reference.GetString()!.Split('/')[^1]);
        }

        return schema;
    }

    private static Parameter Read(JsonElement parameter) => new(
        parameter.GetProperty("name").GetString()!, parameter.GetProperty("in").GetString()!,
        parameter.TryGetProperty("schema", out var schema) && schema.TryGetProperty("enum", out var values) ? [.. values.EnumerateArray().Select(value => value.ToString())] : []);

    private static JsonElement? SchemaOf(JsonElement body) =>
        body.GetProperty("content").EnumerateObject().First().Value.TryGetProperty("schema", out var schema) ? schema : null;
}
