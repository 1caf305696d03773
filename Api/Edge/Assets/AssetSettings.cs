namespace EmbedStack.Api.Edge.Assets;

/// <summary>Where assets are kept, and how much of them.</summary>
/// <param name="Directory">This machine's; it may be emptied at any time.</param>
/// <param name="LargestTotal">Bytes on disk: several times what a build of Superset has.</param>
internal sealed record AssetSettings(string Directory, long LargestTotal)
{
    public static AssetSettings From(IConfiguration configuration) => new(
        configuration["Edge:Assets:Directory"] is { Length: > 0 } directory
            ? directory
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), "embedstack", "assets"),
        configuration.GetValue("Edge:Assets:Megabytes", 512L) * 1024 * 1024);
}
