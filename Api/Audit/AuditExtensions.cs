using EmbedStack.Api.Audit.Reading;
using EmbedStack.Api.Audit.Verification;
using EmbedStack.Api.Instances;

namespace EmbedStack.Api.Audit;

internal static class AuditExtensions
{
    public static IServiceCollection AddAudit(this IServiceCollection services) => services
        .AddSingleton<AuditKeys>()
        .AddSingleton<AuditStore>()
        .AddSingleton<AuditMetrics>()
        .AddSingleton<AuditLog>()
        .AddSingleton<RefusalAudit>()
        .AddSingleton<AuditPages>()
        .AddSingleton<AuditScope>()
        .AddSingleton<PersonErasure>()
        .AddSingleton<AuditReaders>()
        .AddSingleton<AuditVerifier>()
        .AddHostedService<AuditMaintenance>(ApiRole.App);
}
