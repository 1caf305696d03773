using System.Diagnostics;
using EmbedStack.DatabaseSetup;
using EmbedStack.ServiceDefaults;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

var builder = Host.CreateApplicationBuilder(args);
builder.AddServiceDefaults("EmbedStack.DatabaseSetup");
builder.Logging.AddFilter("Microsoft.Hosting", LogLevel.Warning);

using var source = new ActivitySource("EmbedStack.DatabaseSetup");
using var host = builder.Build();
await host.StartAsync();
var stopping = host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
try
{
    using var activity = source.StartActivity("database-setup");
    var settings = SetupSettings.Read(builder.Configuration);
    await new Provisioner(settings, Console.Out).RunAsync(stopping);
    return 0;
}
catch (OperationCanceledException) when (stopping.IsCancellationRequested)
{
    return Fail("stopped before it was done; the next start carries on");
}
catch (SetupException problem)
{
    return Fail(problem.Message);
}
catch (NpgsqlException problem)
{
    return Fail($"Postgres refused: {problem.Message.ReplaceLineEndings(" ")}");
}
finally
{
    await host.StopAsync();
}

static int Fail(string cause)
{
    Console.Error.WriteLine($"database-setup: {cause}");
    return 1;
}
