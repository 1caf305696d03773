namespace EmbedStack.Renderer.Pages;

/// <summary>How far a dashboard's page is, as <c>look.js</c> tells. Set by Playwright.</summary>
internal sealed class PageLook
{
    public bool Standing { get; set; }

    public int Places { get; set; }

    public int Drawn { get; set; }

    public int Failed { get; set; }

    public int Loading { get; set; }

    public int Height { get; set; }

    public bool IsDrawn => Standing && Drawn + Failed >= Places && Loading == 0;

    public bool IsAs(PageLook? other) =>
        other is not null && (Places, Drawn, Failed, Height) == (other.Places, other.Drawn, other.Failed, other.Height);
}
