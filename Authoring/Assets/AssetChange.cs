namespace EmbedStack.Authoring.Assets;

/// <summary>A file that Superset would have otherwise.</summary>
/// <param name="Name">Its name under the assets.</param>
/// <param name="Before">What it says; nothing where it is new.</param>
/// <param name="After">What it would say; nothing where it goes.</param>
internal sealed record AssetChange(string Name, string? Before, string? After)
{
    /// <summary>Whether a dataset would change that the repository has.</summary>
    public bool IsKnownDataset => Before is not null && Name.StartsWith("datasets/", StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => $"{(Before is null ? "new" : After is null ? "gone" : "changed"),-8}{Name}";
}
