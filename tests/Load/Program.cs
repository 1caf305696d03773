using System.Globalization;
using EmbedStack.Load.Edge;
using EmbedStack.Load.Stacks;
using EmbedStack.Load.Tokens;
using EmbedStack.ServiceDefaults.Jobs;

// Called by ./embedstack bench, which sets up and builds what is needed: tokens or edge [SECONDS a measurement].
return await Job.RunAsync(
    new JobIdentity("embedstack", "EmbedStack.Load", "stopped; what it had started is stopped as well"),
    [],
    async (configuration, stopping) =>
    {
        if (args is ["kestrel", var port, var file])
        {
            await MemoryServer.RunAsync(int.Parse(port, CultureInfo.InvariantCulture), file, stopping);
            return;
        }

        var place = Workplace.From(configuration);
        switch (args)
        {
            case ["tokens", var seconds]:
                await new TokenBench(place, TimeSpan.FromSeconds(int.Parse(seconds, CultureInfo.InvariantCulture)), Console.Out).RunAsync(stopping);
                break;
            case ["edge", var seconds]:
                await new EdgeBench(place, TimeSpan.FromSeconds(int.Parse(seconds, CultureInfo.InvariantCulture)), Console.Out).RunAsync(stopping);
                break;
            default:
                throw new JobException("there is no such benchmark. Next: ./embedstack bench --help");
        }
    });
