using EmbedStack.Doctor.Patients;
using EmbedStack.Doctor.Patients.Contents;

namespace EmbedStack.Doctor.Checks.Guests;

internal sealed class GuestRoleLacksPermissions() : StackCheck(
    "guest-role",
    "The dashboard opens without charts; requests answer 403.",
    "The role that guests have lacks a permission that the page needs.",
    "Re-run bootstrap from the Aspire dashboard: it gives each role exactly what the list says.")
{
    /// <summary>What the guests' roles lack.</summary>
    public static IEnumerable<string> MissingOf(SupersetContents contents) =>
        from role in GuestPermissions.ByRole
        from permission in role.Value.Order(StringComparer.Ordinal)
        where !contents.Roles.TryGetValue(role.Key, out var held) || !held.Contains(permission)
        select $"{role.Key} lacks {permission}";

    protected override async Task<Verdict> ExamineAsync(StackPatient stack) => Verdict.Of(MissingOf(await stack.Contents));
}
