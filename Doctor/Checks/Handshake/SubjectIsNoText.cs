using System.Buffers.Text;
using System.Text.Json;
using EmbedStack.Doctor.Patients;

namespace EmbedStack.Doctor.Checks.Handshake;

internal sealed class SubjectIsNoText() : Check(
    "subject-must-be-a-string",
    "The mint fails by 422 \"Subject must be a string\".",
    "Superset made its access token with a number as sub, and its PyJWT (2.10 and later) takes texts only.",
    "Use Superset 4.1.1, 5.0 or later as released, or pin PyJWT below 2.10.")
{
    public override async Task<Verdict> ExamineAsync(Patient patient)
    {
        var parts = (await patient.AccessTokenAsync()).Split('.');
        if ((await patient.Csrf).Status == 422)
        {
            return Verdict.Found("Superset answered 422 to its own access token");
        }

        try
        {
            using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(parts.Length == 3 ? parts[1] : ""));
            var isText = !claims.RootElement.TryGetProperty("sub", out var subject) || subject.ValueKind == JsonValueKind.String;
            return isText ? Verdict.Ok : Verdict.Found($"sub of the access token is a {subject.ValueKind}");
        }
        catch (Exception problem) when (problem is JsonException or FormatException)
        {
            return Verdict.NotApplicable("the access token is no JWT");
        }
    }
}
