using EmbedStack.Load.Stacks;
using EmbedStack.Load.Tokens;
using EmbedStack.ServiceDefaults.Jobs;

// Called by ./embedstack bench, which sets up and builds what is needed: tokens [SECONDS a measurement].
return await Job.RunAsync(
    new JobIdentity("embedstack", "EmbedStack.Load", "stopped; what it had started is stopped as well"),
    [],
    async (configuration, stopping) =>
    {
        var place = Workplace.From(configuration);
        switch (args)
        {
            case ["tokens", var seconds]:
                await new TokenBench(place, TimeSpan.FromSeconds(int.Parse(seconds, System.Globalization.CultureInfo.InvariantCulture)), Console.Out).RunAsync(stopping);
                break;
            default:
                throw new JobException("there is no such benchmark. Next: ./embedstack bench --help");
        }
    });
