namespace Aspire.Hosting.Dashboard;

/// <summary>What the dashboard's process is told.</summary>
internal sealed class DashboardEnvironment(
    IConfiguration configuration, ResourceServiceHost resourceService, DistributedApplicationModel model)
{
    public async Task SetAsync(EnvironmentCallbackContext context)
    {
        var variables = context.EnvironmentVariables;
        foreach (var (name, value) in configuration.AsEnumerable())
        {
            if (value is not null && name.StartsWith("ASPIRE_DASHBOARD_", StringComparison.OrdinalIgnoreCase) && name != DashboardNames.CorsAllowedOrigins)
            {
                variables[name] = value;
            }
        }

        var dashboard = (IResourceWithEndpoints)context.Resource;
        variables[DashboardNames.AspNetCoreEnvironment] = configuration[DashboardNames.AspNetCoreEnvironment] ?? "Production";
        variables[DashboardNames.ResourceServiceUrl] = await resourceService.Address.WaitAsync(context.CancellationToken);
        variables[DashboardNames.TelemetryOptOut] = configuration[DashboardNames.TelemetryOptOut] ?? "true";
        variables[DashboardNames.AllowUnsecuredTransport] = "true";
        variables["LOGGING__CONSOLE__FORMATTERNAME"] = "json";
        variables["ASPIRE_DASHBOARD_API_ENABLED"] = "true";
        SetAddresses(variables, dashboard);
        SetCors(variables, dashboard);
        SetKey(variables, "DASHBOARD__FRONTEND", "BROWSERTOKEN", "BrowserToken", configuration[DashboardNames.BrowserToken]);
        SetKey(variables, "DASHBOARD__RESOURCESERVICECLIENT", "APIKEY", "ApiKey", configuration[DashboardNames.ResourceServiceApiKey]);
        SetKey(variables, "DASHBOARD__OTLP", "PRIMARYAPIKEY", "ApiKey", configuration[DashboardNames.OtlpApiKey]);
        SetKey(variables, "DASHBOARD__API", "PRIMARYAPIKEY", "ApiKey", configuration[DashboardNames.DashboardApiKey]);
    }

    private static void SetAddresses(Dictionary<string, object> variables, IResourceWithEndpoints dashboard)
    {
        var grpc = dashboard.GetEndpoint(DashboardNames.OtlpGrpcEndpoint);
        if (grpc.Exists)
        {
            variables[DashboardNames.OtlpGrpcUrl] = ListenAddress(grpc);
        }

        var http = dashboard.GetEndpoint(DashboardNames.OtlpHttpEndpoint);
        if (http.Exists)
        {
            variables[DashboardNames.OtlpHttpUrl] = ListenAddress(http);
        }

        var urls = new ReferenceExpressionBuilder();
        foreach (var page in dashboard.GetEndpoints().Where(endpoint => endpoint.EndpointName is "http" or "https"))
        {
            urls.AppendLiteral(urls.IsEmpty ? "" : ";");
            urls.AppendFormatted(ListenAddress(page));
            variables["DASHBOARD__FRONTEND__PUBLICURL"] = page;
        }

        variables[DashboardNames.Urls] = urls.Build();
    }

    // Not the address that others use: a proxy stands between.
    private static ReferenceExpression ListenAddress(EndpointReference endpoint) => ReferenceExpression.Create(
        $"{endpoint.Property(EndpointProperty.Scheme)}://{endpoint.EndpointAnnotation.TargetHost}:{endpoint.Property(EndpointProperty.TargetPort)}");

    // Browsers send by HTTP alone, and the dashboard refuses to start with one and not the other.
    private void SetCors(Dictionary<string, object> variables, IResourceWithEndpoints dashboard)
    {
        if (!dashboard.GetEndpoint(DashboardNames.OtlpHttpEndpoint).Exists)
        {
            return;
        }

        var origins = configuration[DashboardNames.CorsAllowedOrigins];
        if (string.IsNullOrEmpty(origins))
        {
            origins = string.Join(',', model.Resources
                .Where(resource => resource != dashboard)
                .SelectMany(resource => resource.Annotations.OfType<EndpointAnnotation>())
                .Where(endpoint => endpoint.UriScheme is "http" or "https" && endpoint.AllocatedEndpoint is not null)
                .Select(endpoint => endpoint.AllocatedEndpoint!.UriString)
                .Distinct());
        }

        if (origins.Length > 0)
        {
            variables["DASHBOARD__OTLP__CORS__ALLOWEDORIGINS"] = origins;
            variables["DASHBOARD__OTLP__CORS__ALLOWEDHEADERS"] = "*";
        }
    }

    private static void SetKey(Dictionary<string, object> variables, string section, string name, string mode, string? key)
    {
        variables[$"{section}__AUTHMODE"] = string.IsNullOrEmpty(key) ? "Unsecured" : mode;
        if (!string.IsNullOrEmpty(key))
        {
            variables[$"{section}__{name}"] = key;
        }
    }
}
