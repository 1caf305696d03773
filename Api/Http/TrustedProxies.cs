using Microsoft.AspNetCore.HttpOverrides;
using IPNetwork = System.Net.IPNetwork;

namespace EmbedStack.Api.Http;

/// <summary>
/// Whose word counts on where a request comes from: the networks in <c>TrustedProxies</c>, none by default. Of what they
/// forward, the address is taken and, where <c>CountryHeader</c> names a header, the country; scheme and host never are.
/// </summary>
internal static class TrustedProxies
{
    /// <summary>
    /// Leaves the framework's own switch, <c>ASPNETCORE_FORWARDEDHEADERS_ENABLED</c>, without effect: deployments set it, and with it
    /// anybody's word counts.
    /// </summary>
    public static IServiceCollection AddTrustedProxies(this IServiceCollection services) =>
        services.PostConfigure<ForwardedHeadersOptions>(options => options.ForwardedHeaders = ForwardedHeaders.None);

    public static IApplicationBuilder UseTrustedProxies(this IApplicationBuilder app)
    {
        var configuration = app.ApplicationServices.GetRequiredService<IConfiguration>();
        var networks = configuration.GetSection("TrustedProxies").Get<string[]>()?.Select(Parse).ToArray() ?? [];
        if (networks.Length == 0)
        {
            return app;
        }

        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor, ForwardLimit = null };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        Array.ForEach(networks, options.KnownIPNetworks.Add);
        if (configuration["CountryHeader"] is { Length: > 0 } header)
        {
            app.Use((context, next) =>
            {
                ReadCountry(context, header, networks);
                return next(context);
            });
        }

        return app.UseForwardedHeaders(options);
    }

    private static void ReadCountry(HttpContext context, string header, IPNetwork[] networks)
    {
        if (context.Connection.RemoteIpAddress is { } proxy
            && networks.Any(network => network.Contains(proxy.IsIPv4MappedToIPv6 ? proxy.MapToIPv4() : proxy))
            && context.Request.Headers[header] is [{ Length: 2 } code] && code.All(char.IsAsciiLetter))
        {
            context.Features.Set(new ProxyCountry(code.ToUpperInvariant()));
        }
    }

    private static IPNetwork Parse(string text) => IPNetwork.TryParse(text, out var network)
        ? network
        : throw new InvalidOperationException($"TrustedProxies must be networks such as 10.0.0.0/8, and '{text}' is none.");
}
