namespace EmbedStack.Renderer;

/// <summary>What renderings may take: <c>Renderer:Limits</c>.</summary>
/// <param name="Concurrent">Dashboards rendered at once.</param>
/// <param name="Waiting">Requests that wait for their turn.</param>
/// <param name="Patience">How long one waits.</param>
/// <param name="Time">How long a rendering may take, from its first request to its picture.</param>
/// <param name="Height">Pixels that a dashboard may be tall.</param>
/// <param name="Megapixels">Millions of pixels that a picture may have.</param>
/// <param name="Megabytes">Bytes of memory, in millions, that the processes of all browsers that draw may have together.</param>
/// <param name="PerBrowser">Dashboards after which a new browser takes the place of one.</param>
internal sealed record RenderingLimits(
    int Concurrent, int Waiting, TimeSpan Patience, TimeSpan Time, int Height, int Megapixels, int Megabytes, int PerBrowser)
{
    /// <exception cref="InvalidOperationException">A limit is not a positive number.</exception>
    public static RenderingLimits From(IConfiguration configuration)
    {
        return new(
            Read("Concurrent", 2), Read("Waiting", 8), TimeSpan.FromSeconds(Read("PatienceSeconds", 60)), TimeSpan.FromSeconds(Read("Seconds", 60)),
            Read("Height", 12_000), Read("Megapixels", 36), Read("Megabytes", 3_000), Read("PerBrowser", 100));

        int Read(string name, int otherwise) => configuration.GetValue<int?>($"Renderer:Limits:{name}") switch
        {
            null => otherwise,
            { } given when given > 0 => given,
            _ => throw new InvalidOperationException($"Renderer__Limits__{name} must be a positive number."),
        };
    }
}
