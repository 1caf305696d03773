namespace EmbedStack.Api.Edge;

/// <summary>Superset's answer, and the place in line that is given back with it.</summary>
internal sealed record SupersetReply(HttpResponseMessage Response, IDisposable Turn) : IDisposable
{
    public void Dispose()
    {
        Response.Dispose();
        Turn.Dispose();
    }
}
