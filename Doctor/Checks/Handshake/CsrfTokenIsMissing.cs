using EmbedStack.Doctor.Patients;

namespace EmbedStack.Doctor.Checks.Handshake;

internal sealed class CsrfTokenIsMissing() : Check(
    "csrf-token",
    "The mint fails by 400 \"The CSRF session token is missing\".",
    "The CSRF token belongs to the session whose cookie came with it: the cookie is lost between the two requests, or none was set.",
    "Send the cookie of csrf_token's answer with guest_token, X-CSRFToken and (by https) a Referer; let the proxy pass Set-Cookie.")
{
    public override async Task<Verdict> ExamineAsync(Patient patient)
    {
        var answer = await patient.Csrf;
        return answer.Status switch
        {
            // Other checks have names for these.
            401 or 422 or 429 => throw new NotExaminedException($"csrf_token answered {answer.Status}"),
            200 when answer.Member("result") is not { Length: > 0 } => Verdict.Found("csrf_token's answer has no token"),
            200 when !answer.Headers["Set-Cookie"].Any() => Verdict.Found("csrf_token's answer sets no session cookie: a proxy takes Set-Cookie away"),
            200 => Verdict.Ok,
            403 => Verdict.Found("the account may not read csrf_token: it lacks can_read on SecurityRestApi"),
            var other => Verdict.Found($"csrf_token answered {other}"),
        };
    }
}
