using EmbedStack.Rotation;
using EmbedStack.Rotation.Keycloak;
using EmbedStack.Rotation.Stack;
using EmbedStack.ServiceDefaults.Jobs;
using Microsoft.Extensions.Configuration;

// Called by ./embedstack, which explains the command and checks its options: list, or [--force] and names.
return await Job.RunAsync(
    new JobIdentity("embedstack", "EmbedStack.Rotation", "stopped; run the same command again to finish it"),
    [],
    async (environment, stopping) =>
    {
        var configuration = new ConfigurationBuilder()
            .AddUserSecrets(typeof(RotatingSecret).Assembly, optional: true)
            .AddConfiguration(environment)
            .Build();
        var stack = RunningStack.Find(configuration);
        if (args is ["list"])
        {
            AgeTable.Print(stack, Console.Out, DateTime.UtcNow);
            return;
        }

        using var turn = stack.TakeTurn();
        using var keycloak = new KeycloakClients(stack);
        var rotation = new SecretRotation(stack, keycloak, UserSecrets.Of(stack), Console.Out);
        foreach (var name in args.Where(argument => argument != "--force"))
        {
            await rotation.RunAsync(RotatingSecret.Named(name), args.Contains("--force"), stopping);
        }
    });
