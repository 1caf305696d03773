using EmbedStack.Api.Audit;
using EmbedStack.Api.Http;
using EmbedStack.Api.Persistence;
using EmbedStack.Api.Tenancy;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace EmbedStack.Api.Revocations.Admin;

/// <summary>The tenants, and which of them are let in. What is disabled takes its tokens with it: the database sees to that.</summary>
internal static class TenantEndpoints
{
    private const string All = "select key, name, kind, isolation, enabled from shared.tenants order by key";

    public static void MapTenants(this IEndpointRouteBuilder app)
    {
        var tenants = app.MapLeadership("/api/admin/tenants");
        tenants.MapGet("", ListAsync);
        tenants.MapPost("/{key}/disable", DisableAsync).ProducesProblems(Problems.WouldLockOut);
        tenants.MapPost("/{key}/enable", EnableAsync);
    }

    private static async Task<Ok<TenantsAnswer>> ListAsync(NpgsqlDataSource database, CancellationToken cancellationToken) =>
        TypedResults.Ok(new TenantsAnswer(await database.QueryAsync(
            All, [],
            row => new TenantsAnswer.Entry(row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetBoolean(4)), cancellationToken)));

    private static async Task<NoContent> DisableAsync(
        string key, HttpContext context, TenantDirectory tenants, NpgsqlDataSource database, RevocationSource revocations, AuditLog audit, RefusalAudit refusals) =>
        key == context.GetPerson().Tenant.Key
            ? throw new ProblemException(Problems.WouldLockOut)
            : await SetAsync(key, enabled: false, context, tenants, database, revocations, audit, refusals);

    private static Task<NoContent> EnableAsync(
        string key, HttpContext context, TenantDirectory tenants, NpgsqlDataSource database, RevocationSource revocations, AuditLog audit, RefusalAudit refusals) =>
        SetAsync(key, enabled: true, context, tenants, database, revocations, audit, refusals);

    private static async Task<NoContent> SetAsync(
        string key, bool enabled, HttpContext context, TenantDirectory tenants, NpgsqlDataSource database, RevocationSource revocations, AuditLog audit,
        RefusalAudit refusals)
    {
        if (!RevocationRequest.IsKey(key) || !await tenants.IsKnownAsync(key, context.RequestAborted))
        {
            throw await refusals.RefuseAsNotThereAsync(AuditKind.Revocation, Problems.NotFound.Slug, context);
        }

        var change = AuditEvent.Permitted(AuditKind.Revocation, context).By(context.GetPerson());
        await audit.DoAsync(
            change with { Reason = $"{(enabled ? "enabled" : "disabled")} tenant {key}" },
            () => database.ExecuteAsync(
                "update shared.tenants set enabled = $2, changed_at = now() where key = $1 and enabled <> $2", [key, enabled], CancellationToken.None),
            context);
        await revocations.RefreshAsync();
        return TypedResults.NoContent();
    }

    internal sealed record TenantsAnswer(IReadOnlyList<TenantsAnswer.Entry> Tenants)
    {
        internal sealed record Entry(string Key, string Name, string Kind, string Isolation, bool Enabled);
    }
}
