namespace EmbedStack.AppHost.Secrets;

/// <summary>
/// A secret for each placeholder of the realm's file that asks for one by its name's end: <c>NORTHSIDE_ADMIN_PASSWORD</c>
/// is the parameter <c>northside-admin-password</c>.
/// </summary>
internal sealed class RealmSecrets(IDistributedApplicationBuilder builder, bool persist)
{
    private static readonly string[] Endings = ["_PASSWORD", "_SECRET"];

    private readonly Dictionary<string, IResourceBuilder<ParameterResource>> _secrets = KeycloakRealm.FileOf(builder).Placeholders()
        .Where(placeholder => Endings.Any(ending => placeholder.EndsWith(ending, StringComparison.Ordinal)))
        .Order(StringComparer.Ordinal)
        .ToDictionary(placeholder => placeholder, placeholder => builder.AddSecret(ParameterOf(placeholder), persist));

    /// <summary>The placeholders and their secrets.</summary>
    public IReadOnlyDictionary<string, IResourceBuilder<ParameterResource>> All => _secrets;

    /// <summary>The secret of a placeholder.</summary>
    public IResourceBuilder<ParameterResource> this[string placeholder] => _secrets[placeholder];

    private static string ParameterOf(string placeholder) => placeholder.ToLowerInvariant().Replace('_', '-');
}
