namespace Aspire.Hosting.Testing;

/// <summary>Holds the AppHost before it builds its application, until the test has changed what it wants.</summary>
internal sealed class SuspendedFactory(
    Type entryPoint, string[] args, Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configureBuilder)
    : DistributedApplicationFactory(entryPoint, args)
{
    private readonly ManualResetEventSlim _goOn = new();

    public Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken)
    {
        _goOn.Set();
        return ResolveApplicationAsync(cancellationToken);
    }

    protected override void OnBuilderCreating(DistributedApplicationOptions applicationOptions, HostApplicationBuilderSettings hostOptions)
        => configureBuilder(applicationOptions, hostOptions);

    protected override void OnBuilding(DistributedApplicationBuilder applicationBuilder) => _goOn.Wait();

    public override async ValueTask DisposeAsync()
    {
        // Marked as disposed first: an application that is let go must not start any more.
        var disposal = base.DisposeAsync();
        _goOn.Set();
        await disposal;
    }
}
