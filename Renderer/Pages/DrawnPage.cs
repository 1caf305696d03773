namespace EmbedStack.Renderer.Pages;

/// <summary>A dashboard's page that stands still.</summary>
/// <param name="Height">Pixels that the whole page is tall.</param>
/// <param name="FailedCharts">Charts that show an error instead of figures.</param>
internal sealed record DrawnPage(int Height, int FailedCharts);
