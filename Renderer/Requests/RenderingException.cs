namespace EmbedStack.Renderer.Requests;

/// <summary>There is no picture.</summary>
internal sealed class RenderingException(StopReason reason, Exception? inner = null) : Exception(reason.Name, inner)
{
    public StopReason Reason { get; } = reason;
}
