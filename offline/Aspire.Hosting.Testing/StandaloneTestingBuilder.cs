using System.Diagnostics;
using System.Reflection;

namespace Aspire.Hosting.Testing;

/// <summary>The builder of an application without an AppHost: the test's assembly is the AppHost's.</summary>
internal sealed class StandaloneTestingBuilder(
    string[] args, Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configureBuilder)
    : DelegatingTestingBuilder(CreateInner(args, configureBuilder))
{
    private DistributedApplication? _application;

    public override DistributedApplication Build() => _application = Inner.Build();

    public override Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(Build());
    }

    public override void Dispose() => _application?.Dispose();

    public override ValueTask DisposeAsync() => _application?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static DistributedApplicationBuilder CreateInner(
        string[] args, Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configure)
    {
        var appHost = FindAppHost();
        using var observer = new ConstructingObserver(
            (options, settings) => TestingDefaults.Apply(args, options, settings, appHost, configure));
        var builder = observer.Observe(() => new DistributedApplicationBuilder(args));
        builder.Services.AddHttpClient();
        return builder;
    }

    // Who calls is the test; it knows the engine's path where its project imports what an AppHost's does.
    private static Assembly FindAppHost()
        => new StackTrace().GetFrames()
            .Select(frame => frame.GetMethod()?.DeclaringType?.Assembly)
            .FirstOrDefault(assembly => assembly is not null && TestingDefaults.Metadata(assembly, "dcpclipath") is { Length: > 0 })
            ?? throw new InvalidOperationException("No calling assembly names the engine's path: its project must import the AppHost's build files.");
}
