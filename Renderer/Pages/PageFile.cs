namespace EmbedStack.Renderer.Pages;

/// <summary>The files beside this one, as they were built in.</summary>
internal static class PageFile
{
    public static string Read(string name)
    {
        using var reader = new StreamReader(typeof(PageFile).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"{name} is not built in."));
        return reader.ReadToEnd();
    }

    /// <summary>A function for a page: what Playwright takes ends without a semicolon.</summary>
    public static string ReadScript(string name) => Read(name).TrimEnd().TrimEnd(';');
}
