using EmbedStack.ClinicData;
using EmbedStack.ServiceDefaults.Jobs;

return await Job.RunAsync(
    new JobIdentity("clinic-data", "EmbedStack.ClinicData", "stopped; what was loaded before is untouched"),
    args,
    (configuration, stopping) =>
        new ClinicDataRun(ClinicDataSettings.Read(configuration, args), Console.Out).RunAsync(stopping));
