using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace EmbedStack.Api.Tests.Stack;

/// <summary>One process' worth of Api on Kestrel, with its three endpoints.</summary>
internal sealed class ApiInstance(IReadOnlyDictionary<string, string> settings, int[] ports, TimeProvider clock, Action<IServiceCollection>? replace = null) : WebApplicationFactory<Program>
{
    public int Port { get; } = ports[0];

    public int EmbedPort { get; } = ports[1];

    public int AuthorsPort { get; } = ports[2];

    public void Start()
    {
        UseKestrel(options =>
        {
            foreach (var port in ports)
            {
                options.ListenLocalhost(port);
            }
        });
        StartServer();
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        foreach (var (key, value) in settings)
        {
            builder.UseSetting(key, value);
        }

        builder.UseSetting("EMBED_PORT", $"{EmbedPort}").UseSetting("AUTHORS_PORT", $"{AuthorsPort}");
        builder.ConfigureServices(services =>
        {
            services.Replace(ServiceDescriptor.Singleton(clock));
            replace?.Invoke(services);
        });
    }
}
