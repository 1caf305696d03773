using EmbedStack.Api.Tenancy;

namespace EmbedStack.Api.Edge.Exchange;

/// <summary>What stands behind a browser's token: who it was issued to. What that person may see is decided at each use.</summary>
internal sealed record EdgeGrant(
    Guid Id, Guid SessionId, string Subject, string Tenant, string Role, string? StaffId, IReadOnlyDictionary<string, string> Attributes,
    IReadOnlyList<string> Dashboards, DateTimeOffset IssuedAt, DateTimeOffset ExpiresAt)
{
    /// <summary>The person, in the tenant as it is now.</summary>
    public Person In(Tenant tenant) => new(Subject, SessionId, "", tenant, Role, StaffId) { Attributes = Attributes };
}
