using EmbedStack.Doctor.Patients;

namespace EmbedStack.Doctor.Checks.Guests;

internal sealed class GuestRoleHasTooMuch() : StackCheck(
    "guest-menu",
    "Charts' menus offer too much (view query, edit chart), or too little.",
    "The menu follows the permissions of the guest's role, and the role has others than the list says.",
    "Re-run bootstrap from the Aspire dashboard: it takes away what the list does not name.")
{
    protected override async Task<Verdict> ExamineAsync(StackPatient stack)
    {
        var roles = (await stack.Contents).Roles;
        return Verdict.Of(
            from role in GuestPermissions.ByRole
            where role.Key != "Public" && roles.ContainsKey(role.Key)
            from permission in roles[role.Key].Except(role.Value).Order(StringComparer.Ordinal)
            where !GuestPermissions.OpensData(permission)
            select $"{role.Key} has {permission}");
    }
}
