using EmbedStack.Api.Edge.DataAccess;
using EmbedStack.Api.GuestTokens;
using EmbedStack.Api.Http;

namespace EmbedStack.Api.Edge.Exports;

/// <summary>
/// A chart's rows as a file, for whoever may: counted and within its limits before anything of it goes out, so that the
/// audit says how many rows left. Superset is done with it by then, however slowly it is fetched.
/// </summary>
internal sealed class ExportReads(ExportLimiter limiter, ExportSettings settings, SupersetReads superset, DataAccessLog accesses)
{
    /// <summary>Answers, once the access stands in the spool.</summary>
    /// <param name="read">What is asked.</param>
    /// <param name="access">What is to be written down of it.</param>
    /// <param name="dashboard">The key of the dashboard that the question names, if that is there.</param>
    /// <param name="context">Who waits.</param>
    /// <param name="cancellationToken">Ends what is asked of Superset.</param>
    /// <exception cref="ProblemException">It is refused, too large, or Superset is away.</exception>
    public async Task AnswerAsync(GuestRead read, DataAccessEntry access, string? dashboard, HttpContext context, CancellationToken cancellationToken)
    {
        using var place = await accesses.TryAsync(access, context, () => Task.FromResult(Enter(read)));
        await using var file = await accesses.TryAsync(access, context, () => OtherDashboard.AskAsync(read.Guest, dashboard, () => AskAsync(read, cancellationToken)));
        await accesses.WriteAsync(access with { Rows = file.Rows, Source = EdgeSource.Superset });
        await file.SendAsync(context);
    }

    private IDisposable Enter(GuestRead read) =>
        read.Guest.Tier.Contains(Tiers.Export) ? limiter.Enter(read.Guest) : throw new ProblemException(Problems.Forbidden);

    // Without the browser's headers: what is packed cannot be counted.
    private async Task<ExportFile> AskAsync(GuestRead read, CancellationToken cancellationToken)
    {
        var file = await TakeAsync(read, cancellationToken);
        try
        {
            await file.CountAsync(settings, cancellationToken);
            return file;
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    private async Task<ExportFile> TakeAsync(GuestRead read, CancellationToken cancellationToken)
    {
        using var reply = await superset.SendAsync(read, browser: null, cancellationToken);
        SupersetRefusals.Check(reply.Response.StatusCode);
        return await ExportFile.TakeAsync(reply.Response, settings, cancellationToken);
    }
}
