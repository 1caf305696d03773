namespace Aspire.Hosting.Testing;

/// <summary>The builder of an AppHost whose entry point is held before it builds.</summary>
internal sealed class SuspendedTestingBuilder(SuspendedFactory factory, DistributedApplicationBuilder inner) : DelegatingTestingBuilder(inner)
{
    public override DistributedApplication Build() => BuildAsync().GetAwaiter().GetResult();

    public override async Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken = default)
        => new SuspendedApplication(new(factory, await factory.BuildAsync(cancellationToken)));

    public override void Dispose() => factory.Dispose();

    public override ValueTask DisposeAsync() => factory.DisposeAsync();
}
