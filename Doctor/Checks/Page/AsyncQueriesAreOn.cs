using EmbedStack.Doctor.Patients;

namespace EmbedStack.Doctor.Checks.Page;

internal sealed class AsyncQueriesAreOn() : Check(
    "async-queries",
    "\"This session has encountered an interruption\" in place of charts.",
    "GLOBAL_ASYNC_QUERIES tells browsers apart by a cookie, which guests do not have.",
    "Keep GLOBAL_ASYNC_QUERIES off; here a start of Superset with the repository's configuration does.")
{
    public override async Task<Verdict> ExamineAsync(Patient patient) =>
        (await patient.Page).Flag("GLOBAL_ASYNC_QUERIES") is true ? Verdict.Found("GLOBAL_ASYNC_QUERIES is on") : Verdict.Ok;
}
