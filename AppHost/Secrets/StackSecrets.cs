namespace EmbedStack.AppHost.Secrets;

/// <summary>The stack's secrets. Those of database roles are with the roles.</summary>
internal sealed class StackSecrets(IDistributedApplicationBuilder builder, bool persist)
{
    /// <summary>What the realm's file leaves open: its clients' secrets and the demo persons' passwords.</summary>
    public RealmSecrets Realm { get; } = new(builder, persist);

    /// <summary>Password of Postgres' superuser.</summary>
    public IResourceBuilder<ParameterResource> Postgres { get; } = builder.AddSecret("postgres-password", persist);

    /// <summary>Password of Redis.</summary>
    public IResourceBuilder<ParameterResource> Redis { get; } = builder.AddSecret("redis-password", persist);

    /// <summary>Password of Keycloak's own administrator.</summary>
    public IResourceBuilder<ParameterResource> KeycloakAdmin { get; } = builder.AddSecret("keycloak-admin-password", persist);

    /// <summary>What Superset signs its sessions and encrypts its stored passwords with.</summary>
    public IResourceBuilder<ParameterResource> SupersetKey { get; } = builder.AddSecret("superset-secret-key", persist);

    /// <summary>What Superset signs its access tokens with.</summary>
    public IResourceBuilder<ParameterResource> SupersetJwtKey { get; } = builder.AddSecret("superset-jwt-secret-key", persist);

    /// <summary>What Superset signs guest tokens with.</summary>
    public IResourceBuilder<ParameterResource> GuestToken { get; } = builder.AddSecret("guest-token-secret", persist);

    /// <summary>What the Api signs its assertion in a guest token with.</summary>
    public IResourceBuilder<ParameterResource> AssertionKey { get; } = builder.AddSecret("assertion-key", persist);

    /// <summary>What the Api signs the tokens with that browsers show at the embed origin.</summary>
    public IResourceBuilder<ParameterResource> EdgeTokenKey { get; } = builder.AddSecret("edge-token-key", persist);

    /// <summary>What the Api wraps its key ring with, which protects cookies and stored sessions.</summary>
    public IResourceBuilder<ParameterResource> DataProtection { get; } = builder.AddSecret("data-protection-key", persist);

    /// <summary>Password of the Api's account in Superset.</summary>
    public IResourceBuilder<ParameterResource> ServiceAccount { get; } = builder.AddSecret("service-account-password", persist);

    /// <summary>What a request to Superset must carry to be answered at all.</summary>
    public IResourceBuilder<ParameterResource> SupersetIngress { get; } = builder.AddSecret("superset-ingress-secret", persist);

    /// <summary>What a request to the renderer must carry to be answered at all.</summary>
    public IResourceBuilder<ParameterResource> Renderer { get; } = builder.AddSecret("renderer-key", persist);

    /// <summary>What the stack's own commands show the Api.</summary>
    public IResourceBuilder<ParameterResource> Operator { get; } = builder.AddSecret("operator-key", persist);

    /// <summary>The Api's secret as a client of Keycloak.</summary>
    public IResourceBuilder<ParameterResource> ApiClient => Realm["API_CLIENT_SECRET"];

    /// <summary>Superset's secret as a client of Keycloak, for authors.</summary>
    public IResourceBuilder<ParameterResource> SupersetClient => Realm["SUPERSET_CLIENT_SECRET"];

    /// <summary>The secret of the client that makes and removes tenants.</summary>
    public IResourceBuilder<ParameterResource> TenantsClient => Realm["TENANTS_CLIENT_SECRET"];

    /// <summary>The secret of a clinic's machine.</summary>
    public IResourceBuilder<ParameterResource> IntegrationClient => Realm["NORTHSIDE_INTEGRATION_CLIENT_SECRET"];
}
