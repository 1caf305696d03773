using System.Diagnostics.Metrics;
using EmbedStack.Api.Alarms;
using EmbedStack.Api.Audit;

namespace EmbedStack.Api.Secrets;

/// <summary>Measures the secrets' ages, rings for those that are overdue, and audits each rotation, once for all instances.</summary>
internal sealed partial class SecretWatch : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Reminder = TimeSpan.FromDays(1);

    private readonly SecretAges _ages;
    private readonly AuditedAges _audited;
    private readonly AuditLog _audit;
    private readonly AlarmMetrics _alarms;
    private readonly IEnumerable<IAlarmListener> _listeners;
    private readonly TimeProvider _time;
    private readonly ILogger<SecretWatch> _logger;
    private readonly Dictionary<string, DateTimeOffset> _known = [];
    private readonly Dictionary<string, DateTimeOffset> _warned = [];

    public SecretWatch(
        SecretAges ages, AuditedAges audited, AuditLog audit, AlarmMetrics alarms, IEnumerable<IAlarmListener> listeners, IMeterFactory meters, TimeProvider time,
        ILogger<SecretWatch> logger)
    {
        (_ages, _audited, _audit, _alarms, _listeners, _time, _logger) = (ages, audited, audit, alarms, listeners, time, logger);
        meters.Create(Instrumentation.Name).CreateObservableGauge(
            "embedstack.secret.age",
            () => _ages.Read().Select(secret => new Measurement<double>(secret.Age.TotalSeconds, new KeyValuePair<string, object?>("name", secret.Name))),
            "s",
            "How long a secret has had its value.");
    }

    /// <summary>Looks at the secrets once.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        Warn();
        try
        {
            await AuditAsync(cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogLater(exception.Message);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, _time);
        do
        {
            await LookAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    // Taken as known once its row is written, so that a database that is away delays it and no more.
    private async Task AuditAsync(CancellationToken cancellationToken)
    {
        foreach (var secret in _ages.Read().Where(secret => _known.GetValueOrDefault(secret.Name) != secret.Since))
        {
            var rotation = new AuditEvent(AuditKind.Rotation, true) { Reason = secret.Name };
            if (await _audited.TakeAsync(secret, () => _audit.WriteAsync(rotation, cancellationToken), cancellationToken))
            {
                LogRotated(secret.Name);
            }

            _known[secret.Name] = secret.Since;
        }
    }

    private void Warn()
    {
        var now = _time.GetUtcNow();
        foreach (var secret in _ages.Overdue.Where(secret => !_warned.TryGetValue(secret.Name, out var at) || now - at >= Reminder))
        {
            _warned[secret.Name] = now;
            LogOverdue(secret.Name, (int)secret.Age.TotalDays, (int)_ages.Limit.TotalDays);
            _alarms.Ring(AlarmKind.SecretOverdue);
            foreach (var listener in _listeners)
            {
                listener.Rang(new Alarm(AlarmKind.SecretOverdue, now) { Secret = secret.Name });
            }
        }
    }

    [LoggerMessage(LogLevel.Information, "Secret {Name} was rotated")]
    private partial void LogRotated(string name);

    [LoggerMessage(LogLevel.Warning, "Secret {Name} is {Days} days old, {Limit} are the limit; rotate it: ./embedstack rotate {Name}")]
    private partial void LogOverdue(string name, int days, int limit);

    [LoggerMessage(LogLevel.Warning, "A rotation is audited next time: {Cause}")]
    private partial void LogLater(string cause);
}
