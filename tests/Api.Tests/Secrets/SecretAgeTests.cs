using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using EmbedStack.Api.Alarms;
using EmbedStack.Api.Audit;
using EmbedStack.Api.Secrets;
using EmbedStack.Api.Tests.Stack;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging.Abstractions;

namespace EmbedStack.Api.Tests.Secrets;

public sealed class SecretAgeTests : IClassFixture<ApiFixture>, IDisposable
{
    private readonly ApiFixture _api;
    private readonly string _file = Path.GetTempFileName();
    private readonly TestClock _clock = new();
    private readonly SecretAges _ages;

    public SecretAgeTests(ApiFixture api)
    {
        _api = api;
        _ages = new SecretAges(
            new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Secrets:Files:some-key"] = _file, ["Secrets:Files:elsewhere"] = "/nonexistent/key",
            }).Build(),
            _clock);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(89, HealthStatus.Healthy)]
    [InlineData(91, HealthStatus.Degraded)]
    public async Task SecretThatIsOverdueIsNamedByTheHealthCheck(int days, HealthStatus expected)
    {
        Age(TimeSpan.FromDays(days));

        var result = await new SecretAgeHealth(_ages).CheckHealthAsync(new(), Cancellation);

        Assert.Equal(expected, result.Status);
        Assert.Equal(expected == HealthStatus.Degraded, result.Description?.Contains("some-key", StringComparison.Ordinal) ?? false);
    }

    [Theory]
    [InlineData(88, 0)]
    [InlineData(91, 1)]
    public async Task SecretThatIsOverdueRingsOnceADay(int days, int expected)
    {
        Age(TimeSpan.FromDays(days));
        var heard = new Heard();
        using var watch = Watch(heard);

        await watch.LookAsync(Cancellation);
        await watch.LookAsync(Cancellation);
        Assert.Equal(Enumerable.Repeat((AlarmKind.SecretOverdue, "some-key"), expected), heard.Alarms.Select(alarm => (alarm.Kind, alarm.Secret!)));

        _clock.Advance(TimeSpan.FromHours(24));
        await watch.LookAsync(Cancellation);
        Assert.Equal(2 * expected, heard.Alarms.Count);
    }

    [Fact]
    public void AgeIsMeasuredForEachFileThatIsThere()
    {
        Age(TimeSpan.FromDays(2));
        using var watch = Watch();
        var measured = new List<(double Seconds, string? Name)>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Name == "embedstack.secret.age")
                {
                    listening.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>((_, value, tags, _) => measured.Add((value, tags.ToArray().Single(tag => tag.Key == "name").Value as string)));
        listener.Start();
        listener.RecordObservableInstruments();

        var (seconds, _) = Assert.Single(measured, entry => entry.Name == "some-key");
        Assert.InRange(TimeSpan.FromSeconds(seconds), TimeSpan.FromDays(2), TimeSpan.FromDays(2.1));
        Assert.DoesNotContain(measured, entry => entry.Name == "elsewhere");
    }

    [Fact]
    public async Task RotationIsAuditedOnceForAllInstancesAndTheAnnouncementBeforeItIsNot()
    {
        await ForgetAsync();
        Age(TimeSpan.FromDays(2));
        using var watch = Watch();
        using var other = Watch();
        await watch.LookAsync(Cancellation);
        await other.LookAsync(Cancellation);
        var before = await AuditedAsync();
        File.SetLastWriteTimeUtc(_file, File.GetLastWriteTimeUtc(_file).AddMilliseconds(1));
        await watch.LookAsync(Cancellation);
        Assert.Equal(before, await AuditedAsync());

        Age(TimeSpan.Zero);
        await Task.WhenAll(watch.LookAsync(Cancellation), other.LookAsync(Cancellation));

        Assert.Equal(before + 1, await AuditedAsync());
    }

    [Fact]
    public async Task RotationWhileNoInstanceRunsIsAuditedByTheNext()
    {
        await ForgetAsync();
        Age(TimeSpan.FromDays(2));
        using (var earlier = Watch())
        {
            await earlier.LookAsync(Cancellation);
        }

        var before = await AuditedAsync();
        Age(TimeSpan.FromDays(1));
        using var next = Watch();
        await next.LookAsync(Cancellation);
        await next.LookAsync(Cancellation);

        Assert.Equal(before + 1, await AuditedAsync());
    }

    [Fact]
    public async Task RotationThatCouldNotBeAuditedIsAuditedLater()
    {
        await ForgetAsync();
        Age(TimeSpan.FromDays(2));
        using var watch = Watch();
        await watch.LookAsync(Cancellation);
        var before = await AuditedAsync();
        Age(TimeSpan.Zero);
        await _api.Database.ExecuteAsync("revoke insert on audit.events from api");
        await watch.LookAsync(Cancellation);
        await _api.Database.ExecuteAsync("grant insert on audit.events to api");
        Assert.Equal(before, await AuditedAsync());

        await watch.LookAsync(Cancellation);

        Assert.Equal(before + 1, await AuditedAsync());
    }

    public void Dispose() => File.Delete(_file);

    private void Age(TimeSpan age) => File.SetLastWriteTimeUtc(_file, _clock.GetUtcNow().UtcDateTime - age);

    private SecretWatch Watch(params IAlarmListener[] listeners) => new(
        _ages, _api.Service<AuditedAges>(), _api.Service<AuditLog>(), _api.Service<AlarmMetrics>(), listeners, _api.Service<IMeterFactory>(), _clock,
        NullLogger<SecretWatch>.Instance);

    private Task ForgetAsync() => _api.Database.ExecuteAsync("delete from api.secret_ages where name = 'some-key'");

    private async Task<int> AuditedAsync() =>
        (await _api.Database.QueryAsync("select 1 from audit.events where kind = 'rotation' and reason = 'some-key'")).Count;

    private sealed class Heard : IAlarmListener
    {
        public ConcurrentQueue<Alarm> Alarms { get; } = [];

        public void Rang(Alarm alarm) => Alarms.Enqueue(alarm);
    }
}
