using System.Security.Cryptography;
using System.Text;
using System.Threading.Channels;
using EmbedStack.Api.Edge.Cache;
using EmbedStack.Api.Persistence;
using Microsoft.Extensions.Caching.Memory;
using Npgsql;

namespace EmbedStack.Api.Edge.Warmup;

/// <summary>
/// Learns what pages ask when they open, from what they ask: the first viewer of a dashboard anywhere teaches it for all
/// clinics. Questions with somebody's choice in them are not learnt, and of one identity's only so many: variants of its own
/// leave the others' their places.
/// </summary>
internal sealed partial class WarmQuestions(NpgsqlDataSource database, ILogger<WarmQuestions> logger) : BackgroundService
{
    private const int MostADashboard = 60;
    private const int MostOfAnIdentity = 30;
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(1);

    private const string Learn = """
        insert into api.warm_questions as known (dashboard, hash, locale, body) values ($1, $2, $3, $4)
        on conflict (dashboard, hash) do update set asked = known.asked + 1, asked_at = now()
        """;

    private const string Forget = """
        delete from api.warm_questions where dashboard = $1 and (asked_at < now() - interval '30 days' or hash not in (
            select hash from api.warm_questions where dashboard = $1 order by asked desc, asked_at desc limit $2))
        """;

    private const string Known = "select dashboard, locale, body from api.warm_questions where dashboard = any($1) order by dashboard, asked desc";

    private readonly Channel<(WarmQuestion Question, string AskedBy)> _learnt = Channel.CreateBounded<(WarmQuestion, string)>(
        new BoundedChannelOptions(256) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    // Read and written by the one reader of the channel.
    private readonly MemoryCache _taught = new(new MemoryCacheOptions { SizeLimit = 50_000 });

    /// <summary>Takes a question up that Superset has just answered. It never waits.</summary>
    public void Note(ChartQuestion question, CacheScope scope)
    {
        if (question.IsPlain)
        {
            _learnt.Writer.TryWrite((new WarmQuestion(scope.Dashboard, scope.Locale, question.Body.ToArray()), scope.DataIdentity));
        }
    }

    public Task<List<WarmQuestion>> ReadAsync(IEnumerable<string> dashboards, CancellationToken cancellationToken) => database.QueryAsync(
        Known, [dashboards.ToArray()], row => new WarmQuestion(row.GetString(0), row.GetString(1), (byte[])row[2]), cancellationToken);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var (question, askedBy) in _learnt.Reader.ReadAllAsync(stoppingToken))
        {
            var hash = Hash(question);
            if (!MayTeach(askedBy, question.Dashboard, hash))
            {
                continue;
            }

            try
            {
                await using var connection = await database.OpenConnectionAsync(stoppingToken);
                await connection.ExecuteAsync(
                    Learn, [question.Dashboard, hash, question.Locale, question.Body], stoppingToken);
                await connection.ExecuteAsync(Forget, [question.Dashboard, MostADashboard], stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(exception.Message);
            }
        }
    }

    public override void Dispose()
    {
        _taught.Dispose();
        base.Dispose();
    }

    private bool MayTeach(string identity, string dashboard, byte[] hash)
    {
        var taught = _taught.GetOrCreate((identity, dashboard), entry =>
        {
            (entry.Size, entry.SlidingExpiration) = (1, Remembered);
            return new HashSet<string>();
        })!;
        var name = Convert.ToHexString(hash);
        return taught.Contains(name) || (taught.Count < MostOfAnIdentity && taught.Add(name));
    }

    private static byte[] Hash(WarmQuestion question) => SHA256.HashData([.. Encoding.UTF8.GetBytes(question.Locale), 0, .. question.Body]);

    [LoggerMessage(LogLevel.Debug, "A question could not be learnt: {Cause}")]
    private partial void LogFailed(string cause);
}
