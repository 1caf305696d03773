using EmbedStack.Doctor.Patients;

namespace EmbedStack.Doctor.Checks.Handshake;

internal sealed class BearerIsLost() : Check(
    "authorization-lost",
    "The mint fails: csrf_token answers 401 \"Missing Authorization Header\".",
    "The access token is not sent, or a proxy on the way to Superset takes the Authorization header away.",
    "Send Authorization: Bearer with each of the three requests, and let the proxy pass it.")
{
    public override async Task<Verdict> ExamineAsync(Patient patient)
    {
        await patient.AccessTokenAsync();
        return (await patient.Csrf).Status == 401 ? Verdict.Found("Superset answered 401 to a login that it gave itself just before") : Verdict.Ok;
    }
}
