namespace EmbedStack.Api.Tenancy;

/// <summary>Where a tenant's rows stand: in shared tables, in a schema or in a database of its own.</summary>
internal enum TenantIsolation
{
    Shared,
    Schema,
    Database,
}
