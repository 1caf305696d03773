using EmbedStack.Doctor.Patients;

namespace EmbedStack.Doctor.Checks.Guests;

internal sealed class GuestRoleOpensData() : StackCheck(
    "foreign-chart",
    "A guest reads charts of other dashboards by their number.",
    "The guest's role has access to data by itself: to a dataset, a database or all.",
    "Take every datasource, schema, database and all_… access from guests' roles; re-running bootstrap does.")
{
    protected override async Task<Verdict> ExamineAsync(StackPatient stack)
    {
        var roles = (await stack.Contents).Roles;
        return Verdict.Of(
            from role in GuestPermissions.ByRole.Keys
            where role != "Public" && roles.ContainsKey(role)
            from permission in roles[role].Where(GuestPermissions.OpensData).Order(StringComparer.Ordinal)
            select $"{role} has {permission}");
    }
}
