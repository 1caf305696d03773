using System.Collections.ObjectModel;

namespace EmbedStack.Api.Tenancy;

/// <summary>Who asks: decided from the verified session or token alone.</summary>
internal sealed record Person(string Subject, Guid SessionId, string Name, Tenant Tenant, string Role, string? StaffId)
{
    /// <summary>What else Keycloak says that entitlements may ask for: <c>region</c> and <c>department</c>, which administrators alone set.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>Whether another issuer's token says who it is.</summary>
    public bool IsIssuers { get; init; }

    /// <summary>What decides which rows are seen. Persons who see the same share it, and with it the caches.</summary>
    public string DataIdentity => StaffId is null ? $"{Tenant.Key}/{Role}" : $"{Tenant.Key}/{Role}/{StaffId}";
}
