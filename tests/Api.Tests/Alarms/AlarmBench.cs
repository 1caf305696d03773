using System.Diagnostics.Metrics;
using System.Net;
using EmbedStack.Api.Alarms;
using EmbedStack.Api.Alarms.Rules;
using EmbedStack.Api.Audit;
using EmbedStack.Api.GuestTokens;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace EmbedStack.Api.Tests.Alarms;

/// <summary>All rules as the Api registers them, fed with events at times of the test's choice.</summary>
internal sealed class AlarmBench : IAlarmListener, IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly AlarmWatch _watch;
    private readonly List<Alarm> _rung = [];

    public AlarmBench(AlarmLimits? limits = null)
    {
        var found = limits ?? new AlarmLimits();
        IAlarmRule[] rules =
        [
            new RepeatedFailures(found), new CrossTenantAttempt(), new UncoveredDataset(), new TokenRate(found), new TwoNetworks(found),
            new TwoCountries(found), new TokenLifetime(new GuestTokenSettings(false, TimeSpan.FromMinutes(5), "audience", true)),
        ];
        _watch = new AlarmWatch(rules, [this], found, new AlarmMetrics(_services.GetRequiredService<IMeterFactory>()), NullLogger<AlarmWatch>.Instance);
    }

    public static DateTimeOffset Morning { get; } = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);

    public IReadOnlyList<string> Rung => [.. _rung.Select(alarm => alarm.Kind)];

    public IReadOnlyList<Alarm> Alarms => _rung;

    /// <summary>Somebody whom the audit knows.</summary>
    public static Guid Nora { get; } = Guid.Parse("5f0a4d6e-0000-4000-8000-000000000001");

    public void Minted(DateTimeOffset at, Guid person, string address = "203.0.113.7", string? country = null, TimeSpan? lifetime = null) => Happened(
        at, new AuditEvent(AuditKind.Mint, true)
        {
            Subject = "x", Tenant = "northside", Address = IPAddress.Parse(address), Country = country, TokenExpiresAt = at + (lifetime ?? TimeSpan.FromMinutes(5)),
        }, person);

    public void Refused(DateTimeOffset at, string kind, string reason, Guid? person = null, string address = "203.0.113.7") => Happened(
        at, new AuditEvent(kind, false) { Reason = reason, Subject = person is null ? null : "x", Tenant = "northside", Address = IPAddress.Parse(address) }, person);

    public void Happened(DateTimeOffset at, AuditEvent entry, Guid? person) => _watch.Written(
        new AuditEntry(entry, at),
        AuditRows.Create(new AuditEntry(entry, at), person is { } id ? new AuditKey(id, null) : null));

    public void Rang(Alarm alarm) => _rung.Add(alarm);

    public void Dispose() => _services.Dispose();
}
