using System.Diagnostics;
using EmbedStack.ClinicData;
using EmbedStack.ServiceDefaults;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

var builder = Host.CreateApplicationBuilder(args);
builder.AddServiceDefaults("EmbedStack.ClinicData");
builder.Logging.AddFilter("Microsoft.Hosting", LogLevel.Warning);

using var source = new ActivitySource("EmbedStack.ClinicData");
using var host = builder.Build();
await host.StartAsync();
var stopping = host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
try
{
    using var activity = source.StartActivity("clinic-data");
    var settings = ClinicDataSettings.Read(builder.Configuration, args);
    await new ClinicDataRun(settings, Console.Out).RunAsync(stopping);
    return 0;
}
catch (OperationCanceledException) when (stopping.IsCancellationRequested)
{
    return Fail("stopped; what was loaded before is untouched");
}
catch (ClinicDataException problem)
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
    Console.Error.WriteLine($"clinic-data: {cause}");
    return 1;
}
