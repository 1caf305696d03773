namespace EmbedStack.AppHost.Secrets;

/// <summary>Adds secrets that nobody has to think of.</summary>
internal static class SecretParameters
{
    /// <summary>
    /// Adds a secret that is generated where the configuration has none.
    /// </summary>
    /// <param name="builder">The application's builder.</param>
    /// <param name="name">The parameter's name.</param>
    /// <param name="persist">Whether a generated value is kept in this clone's user secrets.</param>
    public static IResourceBuilder<ParameterResource> AddSecret(this IDistributedApplicationBuilder builder, string name, bool persist) =>
        builder.AddParameter(
            name,
            // Secrets travel in connection strings, addresses, templates and JSON: letters and digits need no escape there.
            new GenerateParameterDefault { MinLength = 40, Special = false, MinLower = 1, MinUpper = 1, MinNumeric = 1 },
            secret: true,
            persist: persist);
}
