using EmbedStack.Renderer.Tests;
using EmbedStack.Tests.Postgres;

[assembly: AssemblyFixture(typeof(RendererFixture))]
[assembly: CollectionBehavior(DisableTestParallelization = true)] // browsers of a small machine

namespace EmbedStack.Renderer.Tests;

/// <summary>A renderer, the embed origin, and two servers that it must leave alone: the app, and another one.</summary>
public sealed class RendererFixture : IAsyncLifetime
{
    private RendererInstance? _renderer;

    public RendererFixture()
    {
        var ports = FreePorts.Take(3);
        (App, Elsewhere) = (new SilentPeer(ports[0]), new SilentPeer(ports[1]));
        Embed = new EmbedPeer(ports[2], Elsewhere.Address);
    }

    public SilentPeer App { get; }

    public SilentPeer Elsewhere { get; }

    public EmbedPeer Embed { get; }

    internal RendererInstance Renderer => _renderer ??= Start();

    /// <summary>Another renderer, with settings of the test's own, which ends it.</summary>
    internal RendererInstance Start(params (string Name, string Value)[] settings) => new(App.Address, Embed.Address, settings);

    public async ValueTask InitializeAsync()
    {
        await App.StartAsync();
        await Elsewhere.StartAsync();
        await Embed.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_renderer is not null)
        {
            await _renderer.DisposeAsync();
        }

        await Embed.DisposeAsync();
        await App.DisposeAsync();
        await Elsewhere.DisposeAsync();
    }
}
