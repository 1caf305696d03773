using EmbedStack.Doctor.Patients;

namespace EmbedStack.Doctor.Checks.Handshake;

internal sealed class ServiceAccountRoles() : Check(
    "service-account",
    "No dashboard opens; Superset answers 403 to the mint.",
    "The account lacks can_grant_guest_token on SecurityRestApi; one that has more than that and can_read is a risk.",
    "Re-run bootstrap from the Aspire dashboard: it gives the account its role, and the role its two permissions. Elsewhere, make such a role.")
{
    private const string Grant = "can_grant_guest_token on SecurityRestApi";
    private static readonly HashSet<string> Wanted = [Grant, "can_read on SecurityRestApi"];

    public override async Task<Verdict> ExamineAsync(Patient patient) =>
        patient is StackPatient stack ? await ExamineStackAsync(stack) : await ExamineAnyAsync(patient);

    private static async Task<Verdict> ExamineStackAsync(StackPatient stack)
    {
        var contents = await stack.Contents;
        if (contents.ServiceRoles is not { } roles)
        {
            return Verdict.Found($"there is no active account {StackPatient.ServiceAccount}");
        }

        var held = roles.SelectMany(role => contents.Roles.TryGetValue(role, out var permissions) ? permissions : Enumerable.Empty<string>()).ToHashSet();
        return Verdict.Of([
            .. Wanted.Except(held).Order().Select(permission => $"the account lacks {permission}"),
            .. held.Except(Wanted).Order().Select(permission => $"the account has {permission}, which it does not need"),
        ]);
    }

    private static async Task<Verdict> ExamineAnyAsync(Patient patient)
    {
        var answer = await patient.Superset.GetAsync("api/v1/me/roles/", Patient.Bearer(await patient.AccessTokenAsync()));
        if (answer.Status == 403)
        {
            return Verdict.NotApplicable("the account may not read its own roles");
        }

        var roles = answer.Expect(200).Json?["result"]?["roles"]?.AsObject();
        return roles is not null && roles.Any(role => role.Value?.AsArray().Any(pair => $"{pair?[0]} on {pair?[1]}" == Grant) is true)
            ? Verdict.Ok
            : Verdict.Found($"the account has no role with {Grant}");
    }
}
