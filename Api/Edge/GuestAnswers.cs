using EmbedStack.Api.Dashboards;
using EmbedStack.Api.Edge.DataAccess;
using EmbedStack.Api.Edge.Exchange.Issuers;
using EmbedStack.Api.Edge.Permalinks;
using EmbedStack.Api.Http;

namespace EmbedStack.Api.Edge;

/// <summary>Answers a verified guest: by what is kept here, else by Superset. Of dashboards, the guest's own alone.</summary>
internal sealed class GuestAnswers(
    EdgeForwarder forwarder, PermalinkHandler permalinks, DataAccessLog accesses, CatalogueSource catalogue, IEnumerable<IGuestReads> reads)
{
    private readonly IGuestReads[] _reads = [.. reads];

    /// <returns>Whence the answer came.</returns>
    /// <exception cref="ProblemException">It is not for this guest, or Superset is away or refused it.</exception>
    public async Task<EdgeSource> AnswerAsync(GuestRead read, EdgeRouteEntry entry, HttpContext context, CancellationTokenSource limit)
    {
        var dashboard = entry.Part("dashboard", context.Request.Path) is { } id
            ? read.Guest.Dashboards.FirstOrDefault(one => one.IsNamed(id)) ?? throw await NotTheirsAsync(id, limit.Token)
            : null;
        if (read.Guest.Grant.Person.IsIssuers)
        {
            await CheckAsync(read, context);
        }

        switch (entry.Route)
        {
            case EdgeRoute.MadePermalink:
                await permalinks.MakeAsync(read, dashboard!, context);
                return EdgeSource.Edge;
            case EdgeRoute.Permalink:
                await permalinks.FindAsync(read, entry.Part("key", context.Request.Path)!, context);
                return EdgeSource.Edge;
        }

        limit.CancelAfter(SupersetReads.PatienceFor(read.Route));
        foreach (var one in _reads)
        {
            if (await one.AnswerAsync(read, context, limit.Token) is { } source)
            {
                return source;
            }
        }

        await forwarder.ForwardAsync(read, context, limit);
        return EdgeSource.Superset;
    }

    private async Task<ProblemException> NotTheirsAsync(string id, CancellationToken cancellationToken)
    {
        var current = await catalogue.GetAsync(cancellationToken);
        return new ProblemException(current.Dashboards.Any(one => one.IsNamed(id)) ? OtherDashboard.NotFound : Problems.NotFound);
    }

    private Task<bool> CheckAsync(GuestRead read, HttpContext context)
    {
        var access = DataAccessEntry.By(read.Guest) with { Way = read.Route == EdgeRoute.ChartData ? DataAccessWay.Chart : DataAccessWay.Rows };
        return accesses.TryAsync(access, context, () =>
        {
            IssuersDatasets.Check(read);
            return Task.FromResult(true);
        });
    }
}
