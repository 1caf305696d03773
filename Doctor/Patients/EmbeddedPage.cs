using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EmbedStack.Doctor.Checks;

namespace EmbedStack.Doctor.Patients;

/// <summary>A dashboard's page as a frame gets it, with what Superset tells its scripts.</summary>
internal sealed partial class EmbeddedPage(Reply answer)
{
    public Reply Answer => answer;

    /// <summary>Who may frame it, by its policy; null where that says nothing.</summary>
    public IReadOnlyList<string>? FrameAncestors =>
        answer.Headers["Content-Security-Policy"]
            .SelectMany(policy => policy.Split([';', ',']))
            .Select(directive => directive.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(words => words is ["frame-ancestors", ..])
            .Select(words => words[1..])
            .FirstOrDefault();

    /// <exception cref="NotExaminedException">The page tells nothing.</exception>
    public JsonNode Bootstrap
    {
        get
        {
            try
            {
                return JsonNode.Parse(WebUtility.HtmlDecode(Data().Match(answer.Expect(200).Body).Groups[1].Value))?["common"] ?? throw new JsonException();
            }
            catch (JsonException)
            {
                throw new NotExaminedException("the dashboard's page does not say how Superset is configured");
            }
        }
    }

    public bool? Flag(string name) => Bootstrap["feature_flags"]?[name] is JsonValue flag && flag.TryGetValue(out bool value) ? value : null;

    [GeneratedRegex("data-bootstrap=\"([^\"]*)\"")]
    private static partial Regex Data();
}
