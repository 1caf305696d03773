namespace EmbedStack.AppHost.Secrets;

/// <summary>The secrets that <c>./embedstack rotate</c> changes while the stack runs, and the files that hold them.</summary>
internal static class RotatingSecrets
{
    public static readonly IReadOnlyList<string> Names =
    [
        "guest-token-secret", "assertion-key", "service-account-password", "api-client-secret", "superset-client-secret",
        "tenants-client-secret", "northside-integration-client-secret", "data-protection-key", "edge-token-key",
        "operator-key",
    ];

    /// <summary>Every file of these secrets; one that several resources hold has as many.</summary>
    public static IEnumerable<(IResource Holder, SecretFileAnnotation File)> FilesOf(IEnumerable<IResource> resources) =>
        from resource in resources
        from file in resource.Annotations.OfType<SecretFileAnnotation>()
        where Names.Contains(file.Parameter.Name)
        select (resource, file);
}
