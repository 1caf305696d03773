using System.Text.Json.Nodes;
using EmbedStack.Doctor.Checks;

namespace EmbedStack.Doctor.Patients;

/// <summary>What a peer answered.</summary>
/// <param name="Request">Who was asked for what.</param>
/// <param name="Status">The status.</param>
/// <param name="Body">The text of the body.</param>
/// <param name="Headers">The headers.</param>
internal sealed record Reply(string Request, int Status, string Body, ILookup<string, string> Headers)
{
    private const string ProblemTypes = "urn:embedstack:problem:";

    /// <summary>The body as JSON; null where it is none.</summary>
    public JsonNode? Json
    {
        get
        {
            try
            {
                return JsonNode.Parse(Body);
            }
            catch (System.Text.Json.JsonException)
            {
                return null;
            }
        }
    }

    /// <summary>The name of the Api's own refusal; empty where it is nobody's.</summary>
    public string Problem => Member("type") is { } type && type.StartsWith(ProblemTypes, StringComparison.Ordinal) ? type[ProblemTypes.Length..] : "";

    public string? Member(string name) => Json is JsonObject answer && answer[name] is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    public string? Header(string name) => Headers[name].FirstOrDefault();

    /// <summary>This answer, where it is one of these; for the rest another check is there, or nobody.</summary>
    /// <exception cref="NotExaminedException">It is another one.</exception>
    public Reply Expect(params int[] statuses) =>
        statuses.Contains(Status) ? this : throw new NotExaminedException($"{Request} answered {Status}");

    // A body may hold a token.
    public override string ToString() => $"{Request}: {Status}";
}
