namespace EmbedStack.Renderer.Pages;

/// <summary>What became of a dashboard.</summary>
/// <param name="Contents">The file.</param>
/// <param name="FailedCharts">Charts that show an error in it, as they do on the page.</param>
internal sealed record Rendering(byte[] Contents, int FailedCharts);
