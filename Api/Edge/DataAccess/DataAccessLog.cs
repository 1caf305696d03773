using EmbedStack.Api.Http;

namespace EmbedStack.Api.Edge.DataAccess;

/// <summary>Tells the spool of accesses and refusals, before anybody is answered.</summary>
internal sealed class DataAccessLog(DataAccessSpool spool, TimeProvider time)
{
    /// <exception cref="ProblemException">It could not be written down: nothing may be shown.</exception>
    public Task WriteAsync(DataAccessEntry entry) => spool.WriteAsync(entry with { At = time.GetUtcNow() });

    /// <summary>A refusal, or a failure: whatever kept the rows from being shown.</summary>
    public Task RefuseAsync(DataAccessEntry entry, Problem problem) => WriteAsync(entry with { Reason = problem.Slug, Rows = null, Source = null });
}
