using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;

namespace EmbedStack.AppHost.Tests.Stack;

/// <summary>Keeps each resource's last state and log lines, so that a wait that fails explains itself.</summary>
internal sealed class ResourceJournal : IAsyncDisposable
{
    /// <summary>What every description begins with.</summary>
    public const string Title = "The stack's resources, with their last log lines:";

    private const int KeptLines = 25;

    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentDictionary<string, ResourceEvent> states = new();
    private readonly ConcurrentDictionary<string, ConcurrentQueue<string>> logs = new();
    private readonly ConcurrentBag<Task> watches = [];
    private readonly HashSet<string> watched = [];

    public ResourceJournal(DistributedApplication application)
    {
        var loggers = application.Services.GetRequiredService<ResourceLoggerService>();
        watches.Add(WatchStatesAsync(application.ResourceNotifications, loggers));
    }

    public string Describe()
    {
        var text = new StringBuilder().AppendLine(Title);
        foreach (var (name, state) in states.OrderBy(s => s.Key, StringComparer.Ordinal))
        {
            var snapshot = state.Snapshot;
            text.Append(CultureInfo.InvariantCulture, $"{name}: {snapshot.State?.Text ?? "no state"}, {snapshot.HealthStatus?.ToString() ?? "no health"}");
            text.AppendLine(CultureInfo.InvariantCulture, $", exit code {(object?)snapshot.ExitCode ?? "none"}");
            foreach (var line in logs.GetValueOrDefault(name) ?? [])
            {
                text.Append("    ").AppendLine(line);
            }
        }

        return text.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await Task.WhenAll(watches).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
    }

    private async Task WatchStatesAsync(ResourceNotificationService notifications, ResourceLoggerService loggers)
    {
        await foreach (var change in notifications.WatchAsync(stop.Token))
        {
            // Parameters have a value or there is no stack: forty lines that say nothing.
            if (change.Resource is ParameterResource)
            {
                continue;
            }

            // What the engine runs logs under an id of its own.
            if (watched.Add(change.ResourceId))
            {
                watches.Add(WatchLogAsync(change.ResourceId, change.Resource.Name, loggers));
            }

            states[change.Resource.Name] = change;
        }
    }

    private async Task WatchLogAsync(string id, string name, ResourceLoggerService loggers)
    {
        var kept = logs.GetOrAdd(name, _ => new ConcurrentQueue<string>());
        await foreach (var batch in loggers.WatchAsync(id).WithCancellation(stop.Token))
        {
            foreach (var line in batch)
            {
                kept.Enqueue(line.Content);
            }

            while (kept.Count > KeptLines)
            {
                kept.TryDequeue(out _);
            }
        }
    }
}
