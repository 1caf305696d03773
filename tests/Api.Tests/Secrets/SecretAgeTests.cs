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
    private readonly SecretAges _ages;

    public SecretAgeTests(ApiFixture api)
    {
        _api = api;
        _ages = new SecretAges(
            new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Secrets:Files:some-key"] = _file, ["Secrets:Files:elsewhere"] = "/nonexistent/key",
            }).Build(),
            TimeProvider.System);
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
    [InlineData(89, 0)]
    [InlineData(91, 1)]
    public async Task SecretThatIsOverdueRingsOnce(int days, int expected)
    {
        Age(TimeSpan.FromDays(days));
        var heard = new Heard();
        using var watch = Watch(heard);

        await watch.StartAsync(Cancellation);
        await Task.Delay(TimeSpan.FromSeconds(5), Cancellation);
        await watch.StopAsync(Cancellation);

        Assert.Equal(Enumerable.Repeat((AlarmKind.SecretOverdue, "some-key"), expected), heard.Alarms.Select(alarm => (alarm.Kind, alarm.Secret!)));
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
    public async Task RotationIsAuditedAndTheAnnouncementBeforeItIsNot()
    {
        Age(TimeSpan.FromDays(2));
        using var watch = Watch();
        await watch.StartAsync(Cancellation);
        File.SetLastWriteTimeUtc(_file, File.GetLastWriteTimeUtc(_file).AddMilliseconds(1));
        await Task.Delay(TimeSpan.FromSeconds(3), Cancellation);
        Assert.Equal(0, await AuditedAsync());

        Age(TimeSpan.Zero);

        await Eventually.TrueAsync("the rotation is audited", async () => await AuditedAsync() == 1);
        await watch.StopAsync(Cancellation);
    }

    public void Dispose() => File.Delete(_file);

    private void Age(TimeSpan age) => File.SetLastWriteTimeUtc(_file, DateTime.UtcNow - age);

    private SecretWatch Watch(params IAlarmListener[] listeners) => new(
        _ages, _api.Service<AuditLog>(), _api.Service<AlarmMetrics>(), listeners, _api.Service<IMeterFactory>(), TimeProvider.System,
        NullLogger<SecretWatch>.Instance);

    private async Task<int> AuditedAsync() =>
        (await _api.Database.QueryAsync("select 1 from audit.events where kind = 'rotation' and reason = 'some-key'")).Count;

    private sealed class Heard : IAlarmListener
    {
        public ConcurrentQueue<Alarm> Alarms { get; } = [];

        public void Rang(Alarm alarm) => Alarms.Enqueue(alarm);
    }
}
