using EmbedStack.Doctor.Patients;

namespace EmbedStack.Doctor.Checks.Contents;

internal sealed class DatasetIsAQuery() : Check(
    "virtual-dataset",
    "A chart of a joined dataset fails with the rule in place, or has it twice.",
    "Superset applies guests' rules within the tables of a virtual dataset as well as around it.",
    "Make it a table or a view (with security_invoker), and name the dataset in each rule.")
{
    public override async Task<Verdict> ExamineAsync(Patient patient) => Verdict.Of(
        from dashboard in await patient.Dashboards
        from dataset in dashboard.VirtualDatasets
        select $"'{dataset}' of '{dashboard.Key}' is a query");
}
