namespace EmbedStack.Api.Exports;

/// <summary>What the renderer made of a dashboard.</summary>
/// <param name="Contents">The file.</param>
/// <param name="FailedCharts">Charts that show an error in it.</param>
internal sealed record RenderedFile(byte[] Contents, int FailedCharts);
