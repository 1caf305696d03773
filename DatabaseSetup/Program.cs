using EmbedStack.DatabaseSetup;
using EmbedStack.ServiceDefaults.Jobs;

return await Job.RunAsync(
    new JobIdentity("database-setup", "EmbedStack.DatabaseSetup", "stopped before it was done; the next start carries on"),
    args,
    (configuration, stopping) => new Provisioner(SetupSettings.Read(configuration), Console.Out).RunAsync(stopping));
