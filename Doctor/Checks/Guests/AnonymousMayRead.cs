using EmbedStack.Doctor.Patients;

namespace EmbedStack.Doctor.Checks.Guests;

internal sealed class AnonymousMayRead() : Check(
    "anonymous-reads",
    "Somebody without a token lists dashboards, charts or datasets.",
    "The role Public has permissions: it was made like Gamma, is the guests' role, or kept what PUBLIC_ROLE_LIKE gave it once.",
    "Give guests a role of their own and empty Public; here: re-run bootstrap.")
{
    private static readonly string[] Lists = ["dashboard", "chart", "dataset", "database"];

    public override async Task<Verdict> ExamineAsync(Patient patient)
    {
        List<string> seen = [];
        foreach (var list in Lists)
        {
            if ((await patient.Superset.GetAsync($"api/v1/{list}/")).Status == 200)
            {
                seen.Add($"/api/v1/{list}/ answers without a token");
            }
        }

        if (patient is StackPatient stack && (await stack.Contents).Roles.TryGetValue("Public", out var held))
        {
            seen.AddRange(held.Order(StringComparer.Ordinal).Select(permission => $"Public has {permission}"));
        }

        return Verdict.Of(seen);
    }
}
