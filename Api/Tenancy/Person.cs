using System.Collections.ObjectModel;

namespace EmbedStack.Api.Tenancy;

/// <summary>Who asks: decided from the verified session alone.</summary>
internal sealed record Person(string Subject, Guid SessionId, string Name, Tenant Tenant, string Role, string? StaffId)
{
    /// <summary>What else the identity provider says that entitlements may ask for, e.g. region and department.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>What decides which rows are seen. Persons who see the same share it, and with it the caches.</summary>
    public string DataIdentity => StaffId is null ? $"{Tenant.Key}/{Role}" : $"{Tenant.Key}/{Role}/{StaffId}";
}
