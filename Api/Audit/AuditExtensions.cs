namespace EmbedStack.Api.Audit;

internal static class AuditExtensions
{
    public static IServiceCollection AddAudit(this IServiceCollection services) => services
        .AddSingleton<AuditKeys>()
        .AddSingleton<AuditStore>()
        .AddSingleton<AuditMetrics>()
        .AddSingleton<AuditLog>()
        .AddHostedService<AuditCarryOver>()
        .AddHostedService<AuditMaintenance>();
}
