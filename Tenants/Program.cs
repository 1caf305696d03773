using EmbedStack.ServiceDefaults.Jobs;
using EmbedStack.Tenants;
using EmbedStack.Tenants.Stack;
using Microsoft.Extensions.Configuration;

// Called by ./embedstack, which explains the commands and checks their options.
return await Job.RunAsync(
    new JobIdentity("embedstack", "EmbedStack.Tenants", "stopped; run the same command again to finish it"),
    [],
    async (environment, stopping) =>
    {
        var arguments = Arguments.Parse(args);
        var configuration = new ConfigurationBuilder()
            .AddUserSecrets(typeof(Arguments).Assembly, optional: true)
            .AddConfiguration(environment)
            .Build();
        using var stack = RunningStack.Find(configuration);
        var terminal = new Terminal(Console.In, Console.Out, Console.IsInputRedirected);
        await (arguments.Command switch
        {
            "tenant-add" => new TenantAddition(stack, terminal).RunAsync(NewTenant.From(arguments), stopping),
            "tenant-remove" => new TenantRemoval(stack, terminal).RunAsync(arguments.Required("key"), arguments.Has("erase"), arguments.Has("yes"), stopping),
            //#if (clinics)
            "patient-erase" => new PatientRemoval(stack, terminal).RunAsync(
                arguments.Required("tenant"), arguments.Required("id"), arguments.Has("yes"), stopping),
            //#endif
            var other => throw new JobException($"there is no command '{other}'"),
        });
    });
