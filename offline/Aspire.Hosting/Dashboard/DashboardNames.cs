namespace Aspire.Hosting.Dashboard;

/// <summary>Names of configuration keys, environment variables and endpoints that AppHost and dashboard share.</summary>
internal static class DashboardNames
{
    public const string Resource = "aspire-dashboard";
    public const string OtlpGrpcEndpoint = "otlp-grpc";
    public const string OtlpHttpEndpoint = "otlp-http";

    public const string Urls = "ASPNETCORE_URLS";
    public const string AspNetCoreEnvironment = "ASPNETCORE_ENVIRONMENT";
    public const string AllowUnsecuredTransport = "ASPIRE_ALLOW_UNSECURED_TRANSPORT";
    public const string OtlpGrpcUrl = "ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL";
    public const string OtlpHttpUrl = "ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL";
    public const string ResourceServiceUrl = "ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL";
    public const string CorsAllowedOrigins = "ASPIRE_DASHBOARD_CORS_ALLOWED_ORIGINS";
    public const string TelemetryOptOut = "ASPIRE_DASHBOARD_TELEMETRY_OPTOUT";
    public const string ShowDashboardResources = "ASPIRE_SHOW_DASHBOARD_RESOURCES";
    public const string DashboardPath = "ASPIRE_DASHBOARD_PATH";

    public const string BrowserToken = "AppHost:BrowserToken";
    public const string OtlpApiKey = "AppHost:OtlpApiKey";
    public const string DashboardApiKey = "AppHost:DashboardApiKey";
    public const string ResourceServiceAuthMode = "AppHost:ResourceService:AuthMode";
    public const string ResourceServiceApiKey = "AppHost:ResourceService:ApiKey";
}
