namespace EmbedStack.Tenants.Records;

/// <summary>A row of <c>shared.tenants</c>.</summary>
internal sealed record TenantRecord(string Key, string Name, string Kind, string Isolation, string Database, string Schema, bool Enabled);
