using EmbedStack.Doctor.Patients;

namespace EmbedStack.Doctor.Checks.Page;

internal sealed class CacheIsShared() : StackCheck(
    "shared-cache",
    "Somebody sees another tenant's rows, from the cache.",
    "Superset's cache key holds the rules' texts and not whose they are; a hit opens no connection, so the database's policies are not asked.",
    "Keep CACHE_QUERY_BY_USER on; here a start of Superset with the repository's configuration does.")
{
    protected override async Task<Verdict> ExamineAsync(StackPatient stack) =>
        (await stack.Page).Flag("CACHE_QUERY_BY_USER") is true ? Verdict.Ok : Verdict.Found("CACHE_QUERY_BY_USER is off");
}
