using Aspire.Hosting.Testing;
using EmbedStack.AppHost.Tests.Stack;

namespace EmbedStack.AppHost.Tests.Faults;

/// <summary>Another process that serves the embed origin beside the one that browsers know: the stack's second edge, else one of a test's own.</summary>
internal sealed class OtherEdge : IAsyncDisposable
{
    private readonly SecondApi? own;

    private OtherEdge(Uri embed, SecondApi? own = null) => (Embed, this.own) = (embed, own);

    /// <summary>Where it serves the embed origin, whose host requests must name.</summary>
    public Uri Embed { get; }

    public static async Task<OtherEdge> FindAsync(StackFixture stack, CancellationToken cancellationToken)
    {
        if (stack.InstancesOf(ResourceNames.Edge) is [_, var second, ..])
        {
            return new OtherEdge(stack.Application.GetEndpoint(second, "embed"));
        }

        var own = await SecondApi.StartAsync(stack, cancellationToken);
        return new OtherEdge(own.Embed, own);
    }

    public ValueTask DisposeAsync() => own?.DisposeAsync() ?? ValueTask.CompletedTask;
}
