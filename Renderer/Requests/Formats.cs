namespace EmbedStack.Renderer.Requests;

/// <summary>What a rendering can become.</summary>
internal static class Formats
{
    public const string Pdf = "pdf";
    public const string Png = "png";

    public static string ContentType(string format) => format == Pdf ? "application/pdf" : "image/png";
}
