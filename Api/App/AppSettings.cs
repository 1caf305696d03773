namespace EmbedStack.Api.App;

/// <summary>Where the built app is, if this process serves it: in development a server of its own does.</summary>
internal sealed record AppSettings(string? Directory)
{
    public const string Key = "App:Directory";

    /// <exception cref="InvalidOperationException">There is no app.</exception>
    public static AppSettings From(IConfiguration configuration) => configuration[Key] switch
    {
        null or "" => new((string?)null),
        { } directory when File.Exists(Path.Combine(directory, "index.html")) => new(Path.GetFullPath(directory)),
        { } directory => throw new InvalidOperationException($"{Key} is '{directory}', which has no index.html: build the app with 'npm run build'."),
    };
}
