using System.Text.Json.Serialization;
using EmbedStack.Api.Tenancy;

namespace EmbedStack.Api.GuestTokens;

/// <summary>Where the tenant's rows stand, told to Superset's connection mutator.</summary>
internal sealed record AssertionStore(
    [property: JsonPropertyName("kind")] string Kind,
    [property: JsonPropertyName("database")] string Database,
    [property: JsonPropertyName("schema")] string Schema)
{
    public static AssertionStore Of(Tenant tenant) => new(
        tenant.Isolation switch
        {
            TenantIsolation.Shared => "shared",
            TenantIsolation.Schema => "schema",
            _ => "database",
        },
        tenant.Database, tenant.Schema);
}
