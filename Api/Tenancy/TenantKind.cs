namespace EmbedStack.Api.Tenancy;

internal enum TenantKind
{
    Clinic,
    Network,
}
