using System.Security.Cryptography.X509Certificates;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using EmbedStack.AppHost.Tests.Browser;
using EmbedStack.AppHost.Tests.Stack;
using EmbedStack.Authoring.Browser;
using EmbedStack.Https.Tests;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(SecureStackFixture))]

namespace EmbedStack.Https.Tests;

/// <summary>The whole stack with <c>EmbedStack:Https=true</c>, and a browser that accepts its certificate and no other.</summary>
public sealed class SecureStackFixture : IAsyncLifetime, IProductStack, IBrowserContexts
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromMinutes(1);

    private readonly string directory = Directory.CreateTempSubdirectory("embedstack-https-tests-").FullName;
    private DistributedApplication? application;
    private ResourceJournal? journal;
    private IPlaywright? playwright;
    private IBrowser? browser;
    private string[][] status = [];

    public Uri App => new(Told("url", "App"));

    public Uri Authors => new(Told("url", "Authors (Superset)"));

    public Uri Embed => Application.GetEndpoint(ResourceNames.Api, "embed");

    public Uri Keycloak => Application.GetEndpoint(ResourceNames.Keycloak, "http");

    /// <summary>Where the Api answers other servers and programs of this machine, in the clear.</summary>
    public Uri Plain => Application.GetEndpoint(ResourceNames.Api, "http");

    /// <summary>What a browser is told to trust.</summary>
    public X509Certificate2 Authority { get; private set; } = null!;

    /// <summary>The certificate with its key.</summary>
    public string CertificateFile => Path.Combine(Path.GetDirectoryName(Told("https"))!, "origins.pem");

    private DistributedApplication Application => application ?? throw new InvalidOperationException("The stack is not started.");

    public async Task<string> ParameterAsync(string name)
    {
        var model = Application.Services.GetRequiredService<DistributedApplicationModel>();
        return await model.Resources.OfType<ParameterResource>().Single(p => p.Name == name).GetValueAsync(TestContext.Current.CancellationToken) ?? "";
    }

    public string Describe() => journal?.Describe() ?? "The stack was not built.";

    public Task<IBrowserContext> NewContextAsync() => browser!.NewContextAsync(new() { ViewportSize = new() { Width = 1440, Height = 1000 } });

    public async ValueTask InitializeAsync()
    {
        using var timeout = new CancellationTokenSource(StartTimeout);
        var statusFile = Path.Combine(directory, "status");
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(
            [
                $"--EmbedStack:Runtime={Environment.GetEnvironmentVariable("EMBEDSTACK_TEST_RUNTIME") ?? "native"}",
                "--EmbedStack:Https=true",
                "--EmbedStack:Persist=false",
                "--EmbedStack:Web=built",
                "--EmbedStack:ClinicData:Scale=small",
                $"--EmbedStack:StatusFile={statusFile}",
                "--EmbedStack:Api:Edge:WarmUp:AfterChanges=false",
                // A machine under test has little left for one more browser.
                "--EmbedStack:Renderer:Limits:Seconds=110",
            ],
            timeout.Token);
        application = await builder.BuildAsync(timeout.Token);
        journal = new ResourceJournal(application);
        try
        {
            await application.StartAsync(timeout.Token);
            foreach (var name in new[] { ResourceNames.Api, ResourceNames.Renderer })
            {
                await application.ResourceNotifications.WaitForResourceHealthyAsync(name, WaitBehavior.StopOnResourceUnavailable, timeout.Token);
            }

            await ReadStatusAsync(statusFile, timeout.Token);
        }
        catch (Exception e)
        {
            var cause = timeout.IsCancellationRequested ? $"not within {StartTimeout.TotalMinutes:0} minutes" : e.Message;
            throw new InvalidOperationException($"The stack did not start: {cause}\n{journal.Describe()}", e);
        }

        Authority = X509CertificateLoader.LoadCertificateFromFile(Told("https"));
        playwright = await Playwright.CreateAsync();
        browser = await SystemChromium.LaunchAsync(playwright, SystemChromium.Accepting(status.First(line => line[0] == "https")[^1]));
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }

        playwright?.Dispose();
        Authority?.Dispose();
        if (journal is not null)
        {
            await journal.DisposeAsync();
        }

        if (application is not null)
        {
            using var timeout = new CancellationTokenSource(StopTimeout);
            await application.StopAsync(timeout.Token);
            await application.DisposeAsync();
        }

        Directory.Delete(directory, recursive: true);
    }

    // What ./embedstack prints: of it a person knows where to go.
    private async Task ReadStatusAsync(string file, CancellationToken cancellationToken)
    {
        while (!status.Any(line => line is ["state", "running"]))
        {
            await Task.Delay(250, cancellationToken);
            status = File.Exists(file) ? [.. (await File.ReadAllLinesAsync(file, cancellationToken)).Select(line => line.Split('\t'))] : [];
        }
    }

    private string Told(params string[] start) => status.First(line => line.AsSpan(0, Math.Min(line.Length, start.Length)).SequenceEqual(start))[start.Length];
}
