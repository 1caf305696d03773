using EmbedStack.Doctor.Patients;

namespace EmbedStack.Doctor.Checks.Handshake;

internal sealed class GuestTokenAddress() : Check(
    "guest-token-address",
    "The mint fails by 405, 308 or 404.",
    "guest_token wants POST and the slash at its end; a proxy that rewrites addresses loses either.",
    "POST to /api/v1/security/guest_token/, and let no proxy cut or add slashes.")
{
    public override async Task<Verdict> ExamineAsync(Patient patient)
    {
        // A GET mints nothing: where the route is, it is the method that is refused.
        var answer = await patient.Superset.GetAsync("api/v1/security/guest_token/", Patient.Bearer(await patient.AccessTokenAsync()));
        return answer.Status == 405 ? Verdict.Ok : Verdict.Found($"GET was answered {answer.Status}, not 405");
    }
}
