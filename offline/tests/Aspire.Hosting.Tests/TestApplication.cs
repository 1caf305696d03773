using System.Text;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EmbedStack.Offline.Tests;

/// <summary>Applications under test, and waits that say what they saw when they end in vain.</summary>
internal static class TestApplication
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    public static async Task<DistributedApplication> StartAsync(this IDistributedApplicationTestingBuilder builder)
    {
        var app = await builder.BuildAsync();
        await app.WithinAsync("the start", app.StartAsync);
        return app;
    }

    public static Task<ResourceEvent> WaitForStateAsync(this DistributedApplication app, string resource, string state)
        => app.WithinAsync(
            $"{resource} to be {state}",
            cancellation => app.ResourceNotifications.WaitForResourceAsync(resource, change => change.Snapshot.State?.Text == state, cancellation));

    public static async Task<ResourceEvent> WaitForHealthyAsync(this DistributedApplication app, string resource)
    {
        var found = await app.WithinAsync(
            $"{resource} to be healthy",
            cancellation => app.ResourceNotifications.WaitForResourceAsync(
                resource, change => change.Snapshot.HealthStatus == HealthStatus.Healthy || HasEnded(change), cancellation));
        return HasEnded(found) ? throw new InvalidOperationException($"{resource} has ended.{Environment.NewLine}{await DescribeAsync(app)}") : found;
    }

    public static CustomResourceSnapshot Snapshot(this DistributedApplication app, string resource)
        => app.ResourceNotifications.TryGetCurrentState(resource, out var current)
            ? current.Snapshot
            : throw new InvalidOperationException($"{resource} has no state.");

    public static ResourceCommandState CommandState(this CustomResourceSnapshot snapshot, string command)
        => snapshot.Commands.Single(candidate => candidate.Name == command).State;

    public static async Task RunCommandAsync(this DistributedApplication app, string resource, string command)
    {
        var result = await app.WithinAsync(
            $"{command} of {resource}", cancellation => app.ResourceCommands.ExecuteCommandAsync(resource, command, cancellation));
        Assert.True(result.Success, result.Message);
    }

    public static async Task<string> ReadLogAsync(this DistributedApplication app, string resource)
    {
        var text = new StringBuilder();
        var id = app.ResourceNotifications.TryGetCurrentState(resource, out var current) ? current.ResourceId : resource;
        await foreach (var batch in app.Services.GetRequiredService<ResourceLoggerService>().GetAllAsync(id))
        {
            foreach (var line in batch)
            {
                text.AppendLine(line.Content);
            }
        }

        return text.ToString();
    }

    public static Task WithinAsync(this DistributedApplication app, string what, Func<CancellationToken, Task> wait)
        => app.WithinAsync(what, async cancellation =>
        {
            await wait(cancellation);
            return true;
        });

    public static async Task<T> WithinAsync<T>(this DistributedApplication app, string what, Func<CancellationToken, Task<T>> wait)
    {
        using var timeout = new CancellationTokenSource(_patience);
        try
        {
            return await wait(timeout.Token).WaitAsync(timeout.Token);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            throw new TimeoutException($"Waited {_patience.TotalSeconds} s for {what}.{Environment.NewLine}{await DescribeAsync(app)}");
        }
    }

    private static bool HasEnded(ResourceEvent change) => KnownResourceStates.TerminalStates.Contains(change.Snapshot.State?.Text);

    private static async Task<string> DescribeAsync(DistributedApplication app)
    {
        var text = new StringBuilder();
        foreach (var resource in app.Services.GetRequiredService<DistributedApplicationModel>().Resources)
        {
            var state = app.ResourceNotifications.TryGetCurrentState(resource.Name, out var current)
                ? $"{current.Snapshot.State?.Text}, {current.Snapshot.HealthStatus}"
                : "no state";
            text.AppendLine(null, $"{resource.Name}: {state}");
            foreach (var line in (await app.ReadLogAsync(resource.Name)).Split('\n').TakeLast(10))
            {
                text.AppendLine(null, $"    {line}");
            }
        }

        return text.ToString();
    }
}
