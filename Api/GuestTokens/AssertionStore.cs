using System.Text.Json.Serialization;
using EmbedStack.Api.Tenancy;

namespace EmbedStack.Api.GuestTokens;

/// <summary>Where the tenant's rows stand, told to Superset's connection mutator.</summary>
internal sealed record AssertionStore(
    [property: JsonPropertyName("kind")] string Kind,
    [property: JsonPropertyName("database")] string Database,
    [property: JsonPropertyName("schema")] string Schema)
{
    /// <exception cref="NotSupportedException">The tenant is kept apart in a way that is not provisioned.</exception>
    public static AssertionStore Of(Tenant tenant) => tenant.Isolation switch
    {
        TenantIsolation.Shared => new AssertionStore("shared", "clinic", "clinic"),
        var other => throw new NotSupportedException($"Tenant {tenant.Key} asks for isolation {other}, which is not provisioned."),
    };
}
