using Aspire.Hosting.Orchestration;
using Microsoft.Extensions.Options;

namespace Aspire.Hosting.Dcp;

internal static class DcpServices
{
    internal static void Add(IServiceCollection services)
    {
        services.AddSingleton<IConfigureOptions<DcpOptions>, DcpOptionsSetup>();
        services.AddSingleton(_ => new DcpSession());
        services.AddSingleton<DcpProcess>();
        services.AddSingleton<DcpClient>();
        services.AddSingleton<DcpNames>();
        services.AddSingleton<DcpObjects>();
        services.AddSingleton<ProxylessPorts>();
        services.AddSingleton<ServicePlan>();
        services.AddSingleton<ExecutablePlan>();
        services.AddSingleton<ContainerPlan>();
        services.AddSingleton<ContainerTunnel>();
        services.AddSingleton<ContainerRuntimeCheck>();
        services.AddSingleton<ResourceConfiguration>();
        services.AddSingleton<DcpSnapshots>();
        services.AddSingleton<DcpLogs>();
        services.AddSingleton<DcpWatcher>();
        services.AddSingleton<DcpExecutor>();
        services.AddSingleton<ResourceLifecycle>();
    }
}
