using EmbedStack.Api.Tests.Stack;
using EmbedStack.Tests.Postgres;

namespace EmbedStack.Api.Tests.Exports;

/// <summary>An Api with a renderer, that gives browsers tokens of its own.</summary>
public sealed class ExportFixture(TestDatabases postgres) : ApiFixture(postgres)
{
    public RendererPeer Renderer { get; } = new(FreePorts.Take(1)[0]);

    protected override IEnumerable<KeyValuePair<string, string>> OwnSettings =>
    [
        new("Edge:Tokens", ""), new("services:renderer:http:0", Renderer.Address), new("RENDERER_KEY", RendererPeer.Key), new("Renderer:PatienceSeconds", "20"),
    ];

    // Before the Api, which asks it.
    protected override async Task PublishAsync()
    {
        await Renderer.StartAsync();
        await base.PublishAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Renderer.DisposeAsync();
    }
}
