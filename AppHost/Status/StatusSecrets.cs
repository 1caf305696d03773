namespace EmbedStack.AppHost.Status;

/// <summary>Where the files of secrets are that can be rotated; never what stands in them.</summary>
internal sealed class StatusSecrets(DistributedApplicationModel model, StackSettings settings)
{
    public IReadOnlyList<string[]> Lines { get; } =
    [
        ["secrets", settings.SecretsDirectory, settings.Persist ? "kept" : "thrown away"],
        .. RotatingSecrets.FilesOf(model.Resources).Select(held => new[] { "secret", held.File.Parameter.Name, held.File.Path }),
    ];
}
