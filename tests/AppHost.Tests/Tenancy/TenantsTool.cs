using System.Diagnostics;
using System.Reflection;
using Aspire.Hosting.Testing;
using EmbedStack.AppHost.Tests.Stack;
using EmbedStack.Tests.Processes;
using Npgsql;

namespace EmbedStack.AppHost.Tests.Tenancy;

/// <summary>The program behind <c>./embedstack tenant</c> and <c>patient</c>, run on the tests' stack.</summary>
internal sealed class TenantsTool(StackFixture stack)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);

    private static readonly string Program =
        typeof(TenantsTool).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(entry => entry.Key == "TenantsProgram").Value!;

    /// <summary>Runs a command as the script does, with nobody at the terminal.</summary>
    public async Task<ProcessRun> RunAsync(params string[] arguments)
    {
        var status = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(status, await StatusAsync(), TestContext.Current.CancellationToken);
            var start = new ProcessStartInfo("dotnet", [Program, .. arguments]);
            start.Environment["EmbedStack__StatusFile"] = status;
            foreach (var parameter in new[] { "db-clinic-owner-password", "db-clinic-loader-password", "tenants-client-secret" })
            {
                start.Environment[$"Parameters__{parameter}"] = await stack.ParameterAsync(parameter);
            }

            return await ProcessRun.OfAsync(start, Timeout);
        }
        finally
        {
            File.Delete(status);
        }
    }

    /// <summary>Runs a command that must succeed.</summary>
    public async Task<string> SucceedAsync(params string[] arguments)
    {
        var run = await RunAsync(arguments);
        Assert.True(run.ExitCode == 0, $"{string.Join(' ', arguments)} ended with {run.ExitCode}: {run.Error}{run.Output}");
        return run.Output;
    }

    private async Task<string> StatusAsync()
    {
        var postgres = new NpgsqlConnectionStringBuilder(await stack.Application.GetConnectionStringAsync(ResourceNames.ClinicDatabase));
        return $"service\tpostgres\t{postgres.Host}:{postgres.Port}\nservice\tkeycloak\t{stack.Keycloak}\n";
    }
}
