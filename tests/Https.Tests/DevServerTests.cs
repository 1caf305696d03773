using System.Diagnostics;
using System.Net;
using EmbedStack.Tests.Postgres;

namespace EmbedStack.Https.Tests;

/// <summary>Vite's server under the same certificate, as <c>EmbedStack:Web=dev</c> starts it.</summary>
public sealed class DevServerTests(SecureStackFixture stack)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task DevelopmentServerAsksTheApiInTheNameOfItsOrigin()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var address = new UriBuilder(stack.App) { Port = FreePorts.TakeOne() }.Uri;
        var start = new ProcessStartInfo("node", ["node_modules/vite/bin/vite.js"])
        {
            WorkingDirectory = Path.GetFullPath("../Web", Projects.AppHost.ProjectPath),
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        (start.Environment["PORT"], start.Environment["HTTPS_CERTIFICATE"]) = ($"{address.Port}", stack.CertificateFile);
        start.Environment["API_HTTP"] = stack.Plain.GetLeftPart(UriPartial.Authority);
        using var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            using var client = SecureClient.Create(stack.Authority);
            using var page = await WaitAsync(client, address, process, cancellation);
            Assert.Equal((HttpStatusCode.OK, HttpVersion.Version20), (page.StatusCode, page.Version));
            Assert.Equal("max-age=31536000", Assert.Single(page.Headers.GetValues("Strict-Transport-Security")));
            Assert.Contains("/src/main.tsx", await page.Content.ReadAsStringAsync(cancellation), StringComparison.Ordinal);

            // This stack's app is the built one: the Api answers its host, and what the browser names reaches it as it is.
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, "bff/user")) { Headers = { Host = stack.App.Authority } };
            using var own = await client.SendAsync(request, cancellation);
            Assert.Equal(HttpStatusCode.Unauthorized, own.StatusCode);
            using var other = await client.GetAsync(new Uri(address, "bff/user"), cancellation);
            Assert.Equal(HttpStatusCode.BadRequest, other.StatusCode);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    private static async Task<HttpResponseMessage> WaitAsync(HttpClient client, Uri address, Process process, CancellationToken cancellationToken)
    {
        for (var until = DateTime.UtcNow + Patience; ; await Task.Delay(250, cancellationToken))
        {
            try
            {
                return await client.GetAsync(address, cancellationToken);
            }
            catch (HttpRequestException) when (DateTime.UtcNow < until && !process.HasExited)
            {
                // Not yet.
            }
        }
    }
}
