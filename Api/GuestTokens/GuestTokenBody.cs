using System.Text.Json.Serialization;

namespace EmbedStack.Api.GuestTokens;

/// <summary>The body that Superset's guest token endpoint takes.</summary>
internal sealed record GuestTokenBody(
    [property: JsonPropertyName("user")] GuestTokenBody.GuestUser User,
    [property: JsonPropertyName("resources")] IReadOnlyList<GuestTokenBody.Resource> Resources,
    [property: JsonPropertyName("rls")] IReadOnlyList<GuestTokenBody.Rule> Rules)
{
    public static GuestTokenBody From(GuestTokenGrant grant) => new(
        new GuestUser(grant.Person.DataIdentity, grant.Person.Tenant.Key, grant.Assertion),
        [.. grant.Dashboards.Select(dashboard => new Resource("dashboard", dashboard.EmbeddedUuid))],
        [.. grant.Rules.Select(rule => new Rule(rule.DatasetId, rule.Clause))]);

    internal sealed record GuestUser(
        [property: JsonPropertyName("username")] string Username,
        [property: JsonPropertyName("first_name")] string FirstName,
        [property: JsonPropertyName("last_name")] string LastName);

    internal sealed record Resource([property: JsonPropertyName("type")] string Type, [property: JsonPropertyName("id")] Guid Id);

    internal sealed record Rule([property: JsonPropertyName("dataset")] int Dataset, [property: JsonPropertyName("clause")] string Clause);
}
