using Microsoft.AspNetCore.Http;

namespace Aspire.Hosting.Projects;

/// <summary>The endpoints and environment that a project gets from its launch profile.</summary>
internal static class ProjectEnvironment
{
    internal static void Apply(IResourceBuilder<ProjectResource> builder)
    {
        var project = builder.Resource;
        builder.WithEnvironment("OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY", "in_memory");
        if (builder.ApplicationBuilder.Environment.IsDevelopment())
        {
            builder.WithEnvironment("OTEL_DOTNET_EXPERIMENTAL_ASPNETCORE_DISABLE_URL_QUERY_REDACTION", "true");
            builder.WithEnvironment("OTEL_DOTNET_EXPERIMENTAL_HTTPCLIENT_DISABLE_URL_QUERY_REDACTION", "true");
        }

        builder.WithOtlpExporter();
        builder.WithEnvironment("LOGGING__CONSOLE__FORMATTERNAME", "simple");
        builder.WithEnvironment("DOTNET_SYSTEM_CONSOLE_ALLOW_ANSI_COLOR_REDIRECTION", "true");
        builder.WithEnvironment(SetUrls);
        if (LaunchProfiles.Effective(project) is not { } launch)
        {
            return;
        }

        AddEndpoints(builder, launch.Profile);
        AddLaunchUrl(builder, launch.Profile);
        builder.WithEnvironment(context =>
        {
            context.EnvironmentVariables.TryAdd("DOTNET_LAUNCH_PROFILE", launch.Name);
            foreach (var (name, value) in launch.Profile.EnvironmentVariables)
            {
                context.EnvironmentVariables.TryAdd(name, System.Environment.ExpandEnvironmentVariables(value));
            }
        });
    }

    private static void AddEndpoints(IResourceBuilder<ProjectResource> builder, LaunchProfile profile)
    {
        var counts = new Dictionary<string, int>();
        foreach (var url in profile.ApplicationUrl?.Split(';', StringSplitOptions.RemoveEmptyEntries) ?? [])
        {
            var address = BindingAddress.Parse(url);
            var count = counts[address.Scheme] = counts.GetValueOrDefault(address.Scheme) + 1;
            builder.WithEndpoint(count == 1 ? address.Scheme : $"{address.Scheme}{count}", endpoint =>
            {
                endpoint.Port = address.Port;
                endpoint.TargetHost = address.Host is "127.0.0.1" or "[::1]" ? KnownHostNames.Localhost : address.Host;
                endpoint.UriScheme = address.Scheme;
                endpoint.FromLaunchProfile = true;
            });
        }
    }

    private static void AddLaunchUrl(IResourceBuilder<ProjectResource> builder, LaunchProfile profile)
    {
        if (string.IsNullOrEmpty(profile.LaunchUrl) || !Uri.TryCreate(profile.LaunchUrl, UriKind.RelativeOrAbsolute, out var launch))
        {
            return;
        }

        builder.WithUrls(context =>
        {
            foreach (var url in context.Urls.Where(u => u.Endpoint?.EndpointAnnotation.FromLaunchProfile == true))
            {
                url.Url = launch.IsAbsoluteUri ? profile.LaunchUrl : new Uri(new Uri(url.Url), launch).ToString();
            }
        });
    }

    private static void SetUrls(EnvironmentCallbackContext context)
    {
        var variables = context.EnvironmentVariables;
        if (variables.ContainsKey("ASPNETCORE_URLS"))
        {
            return;
        }

        var urls = new ReferenceExpressionBuilder();
        var filters = context.Resource.Annotations.OfType<EndpointEnvironmentFilterAnnotation>().ToArray();
        foreach (var endpoint in ((ProjectResource)context.Resource).GetEndpoints().Where(e => filters.All(f => f.Includes(e.EndpointAnnotation))))
        {
            if (endpoint.IsHttps)
            {
                variables.TryAdd("ASPNETCORE_HTTPS_PORT", endpoint.Property(EndpointProperty.Port));
            }

            urls.AppendLiteral(urls.IsEmpty ? "" : ";");
            urls.Append($"{endpoint.Property(EndpointProperty.Scheme)}://{endpoint.EndpointAnnotation.TargetHost}:{endpoint.Property(EndpointProperty.TargetPort)}");
        }

        if (!urls.IsEmpty)
        {
            variables["ASPNETCORE_URLS"] = urls.Build();
        }
    }
}
