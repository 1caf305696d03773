using System.Globalization;
using System.Text;

namespace EmbedStack.Api.Edge.Cache;

/// <summary>What a page asks of its dashboard before its charts. It changes with the charts' version and the guest's own standing alone.</summary>
internal sealed class MetadataReads(
    AnswerCache answers, CacheFactsSource facts, SupersetReads superset, AnswerWriter writer, EdgeCacheSettings settings, TimeProvider time) : IGuestReads
{
    private const string Route = "metadata";
    private const string Times = "api/v1/time_range/";
    private const int Largest = 4 * 1024 * 1024;
    private static readonly TimeSpan Age = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan ShortAge = TimeSpan.FromSeconds(5);

    public async ValueTask<EdgeSource?> AnswerAsync(GuestRead read, HttpContext context, CancellationToken cancellationToken)
    {
        if (read.Route is not (EdgeRoute.Read or EdgeRoute.Metadata) || !HttpMethods.IsGet(read.Method) || facts.Current is not { } known)
        {
            return null;
        }

        read = read with { Target = ReadTarget.OfMetadata(read.Target) };
        using var answer = writer.Prepare(context, read.Guest, await answers.GetAsync(Key(read, known), force: false, AskAsync, cancellationToken));
        await answer.SendAsync();
        return answer.Source;

        async Task<FilledAnswer> AskAsync(CancellationToken token) => Make(read, await superset.AskAsync(read, token), known);
    }

    private FilledAnswer Make(GuestRead read, ReadOnlyMemory<byte> body, CacheFacts known)
    {
        var now = time.GetUtcNow();
        var (fresh, usable) = read.Target.StartsWith(Times, StringComparison.Ordinal) || time.GetElapsedTime(known.ChangedAt) < ChartFill.Doubt
            ? (now + ShortAge, now + ShortAge)
            : settings.Ends(now, now + Age, now);
        var kept = body.Length <= Largest ? new CachedAnswer(Brotli.Compress(body.Span), body.Length, 0, now, fresh, usable) : null;
        return new FilledAnswer(body, 0, kept, EdgeSource.Superset);
    }

    private CacheKey Key(GuestRead read, CacheFacts known) => CacheKey.Of(
        new CacheScope
        {
            Route = Route,
            Tenant = read.Guest.Tenant,
            Dashboard = string.Join(' ', read.Guest.Dashboards.Select(dashboard => dashboard.Key)),
            DataIdentity = read.Guest.DataIdentity,
            Tier = string.Join(' ', read.Guest.Tier),
            Locale = ReadTarget.Locale(read.Target),
            Day = settings.Day(time.GetUtcNow()).ToString("O", CultureInfo.InvariantCulture),
            Version = string.Join(' ', read.Guest.Dashboards.Select(dashboard => known.Version(read.Guest.Tenant, dashboard.Key, ""))),
        },
        Encoding.UTF8.GetBytes(read.Target));
}
