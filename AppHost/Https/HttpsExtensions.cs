#pragma warning disable ASPIRECERTIFICATES001 // Aspire's own certificate knows two of the three sites: docs/decisions/0005-https.md.

using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace EmbedStack.AppHost.Https;

/// <summary>HTTPS on a developer's machine: <c>EmbedStack:Https</c>.</summary>
internal static partial class HttpsExtensions
{
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Has the certificate ready before anything starts.</summary>
    public static IDistributedApplicationBuilder AddOriginCertificate(this IDistributedApplicationBuilder builder, StackSettings settings)
    {
        if (settings.IsHttps)
        {
            var certificate = OriginCertificate.Of(settings);
            builder.Eventing.Subscribe<BeforeStartEvent>((start, _) =>
            {
                Renew(certificate, start.Services.GetRequiredService<ILogger<OriginCertificate>>());
                return Task.CompletedTask;
            });
        }

        return builder;
    }

    /// <summary>Lets a .NET process serve its https endpoints with the certificate, HTTP/2 and HTTP/1.1.</summary>
    public static IResourceBuilder<ProjectResource> WithOriginCertificate(this IResourceBuilder<ProjectResource> process, StackSettings settings)
    {
        if (!settings.IsHttps)
        {
            return process;
        }

        var file = OriginCertificate.Of(settings).File;
        return process
            .WithEnvironment("Kestrel__Certificates__Default__Path", file)
            .WithEnvironment("Kestrel__Certificates__Default__KeyPath", file)
            .WithoutHttpsCertificate();
    }

    /// <summary>Counts a resource as healthy when it answers under the certificate, which this process trusts here alone.</summary>
    public static IResourceBuilder<T> WithHttpsHealthCheck<T>(this IResourceBuilder<T> resource, string endpoint, OriginCertificate certificate)
        where T : IResourceWithEndpoints
    {
        var (key, address) = ($"{resource.Resource.Name}_{endpoint}_https_check", resource.GetEndpoint(endpoint));
        var client = new Lazy<HttpClient>(() => Trusting(certificate));
        resource.ApplicationBuilder.Services.AddHealthChecks().AddAsyncCheck(key, async cancellationToken =>
        {
            try
            {
                using var answer = await client.Value.GetAsync(new Uri(address.Url), cancellationToken);
                return answer.IsSuccessStatusCode ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy($"It answers {(int)answer.StatusCode}.");
            }
            catch (Exception problem) when (problem is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
            {
                return HealthCheckResult.Unhealthy(problem.Message);
            }
        });
        return resource.WithHealthCheck(key);
    }

    private static HttpClient Trusting(OriginCertificate certificate)
    {
        var trust = OriginCertificate.TrustOf(X509CertificateLoader.LoadCertificateFromFile(certificate.AuthorityFile));
        return new HttpClient(new SocketsHttpHandler { UseProxy = false, SslOptions = { CertificateChainPolicy = trust } }) { Timeout = AnswerTimeout };
    }

    private static void Renew(OriginCertificate certificate, ILogger logger)
    {
        try
        {
            if (certificate.Renew())
            {
                LogRenewed(logger, certificate.AuthorityFile);
            }
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw StartRefusal.Because($"the certificate for EmbedStack:Https cannot be written to {Path.GetDirectoryName(certificate.File)}: {problem.Message}");
        }
    }

    [LoggerMessage(LogLevel.Information, "HTTPS has a new certificate; browsers accept it once they trust {Authority}")]
    private static partial void LogRenewed(ILogger logger, string authority);
}
