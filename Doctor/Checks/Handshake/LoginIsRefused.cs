using EmbedStack.Doctor.Patients;

namespace EmbedStack.Doctor.Checks.Handshake;

internal sealed class LoginIsRefused() : Check(
    "service-account-login",
    "No dashboard opens; the mint answers 502.",
    "Superset does not take the account's password: it was changed on one side only, or the account is for another provider than db.",
    "./embedstack rotate service-account-password finishes a rotation that was interrupted; elsewhere, set the password on both sides.")
{
    public override async Task<Verdict> ExamineAsync(Patient patient)
    {
        var login = await patient.Login;
        return login.Status switch
        {
            429 => throw new NotExaminedException("logins are limited"),
            200 when login.Member("access_token") is { Length: > 0 } => Verdict.Ok,
            200 => Verdict.Found("the login's answer has no access token: something else than Superset answers there"),
            _ => Verdict.Found($"the login was answered {login.Status}"),
        };
    }
}
