using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using EmbedStack.Api.Edge;
using EmbedStack.Api.Edge.Warmup;
using EmbedStack.Api.Identity;
using EmbedStack.Api.Instances;
using EmbedStack.Api.Revocations;
using EmbedStack.Api.Tests.Edge.Exchange;
using EmbedStack.Api.Tests.Stack;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace EmbedStack.Api.Tests.Instances;

/// <summary>Instances of the Api that serve the app alone, or the embed origin alone.</summary>
public sealed class RoleTests(ExchangeFixture api) : IClassFixture<ExchangeFixture>
{
    private const string Page = $"/embedded/{TestCatalogue.ClinicEmbedded}";

    [Fact]
    public async Task TokenThatTheAppMadeIsGoodAtTheEdgeAndNotOnceItIsRevoked()
    {
        var (app, edge) = (api.StartInstance(("Role", "app")), api.StartInstance(("Role", "edge")));
        using var browser = ApiFixture.NewBrowser(app);
        (await browser.SignInAsync(api.Keycloak, new TestPerson())).Dispose();
        var token = await ExchangeFixture.TokenAsync(browser);
        using (var answer = await api.ReadAsync(token, edge))
        {
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        (await browser.PostAsync("/bff/logout")).Dispose();
        await Eventually.TrueAsync("the edge has heard that the session is over", async () =>
        {
            using var answer = await api.ReadAsync(token, edge);
            return answer.StatusCode == HttpStatusCode.Unauthorized;
        });
    }

    [Fact]
    public async Task EdgeServesItsOriginAlone()
    {
        var edge = api.StartInstance(("Role", "edge"));
        await Eventually.TrueAsync("the page is there", async () => await StatusAsync(edge.EmbedPort, ApiFixture.EmbedOrigin, Page) == HttpStatusCode.OK);

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(edge.Port, ApiFixture.AppOrigin, "/health"));
        foreach (var path in new[] { "/", "/bff/user", "/bff/login", "/api/dashboards", "/api/admin/health", "/openapi/v1.json", Page })
        {
            Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(edge.Port, ApiFixture.AppOrigin, path));
        }

        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync(edge.AuthorsPort, ApiFixture.AuthorsOrigin, "/superset/welcome/"));
    }

    [Fact]
    public async Task AppServesNoEmbedOrigin()
    {
        var app = api.StartInstance(("Role", "app"));

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(app.Port, ApiFixture.AppOrigin, "/health"));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(app.Port, ApiFixture.AppOrigin, "/api/dashboards"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(app.AuthorsPort, ApiFixture.AuthorsOrigin, "/superset/welcome/"));
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync(app.EmbedPort, ApiFixture.EmbedOrigin, Page));
    }

    [Fact]
    public void BackgroundServicesRunWhereTheyBelong()
    {
        var (app, edge) = (api.StartInstance(("Role", "app")), api.StartInstance(("Role", "edge")));

        Assert.Equal((true, true, true, false), Runs(app));
        Assert.Equal((false, false, false, true), Runs(edge));
        Assert.Equal((true, true, true, true), Runs(api.Api));
    }

    [Fact]
    public void GaugesAreThoseOfWhatRunsThere()
    {
        var (app, edge) = (Gauges(api.StartInstance(("Role", "app"))), Gauges(api.StartInstance(("Role", "edge"))));

        Assert.Equal(["embedstack.edge.warm_up.done", "embedstack.edge.warm_up.failed", "embedstack.edge.warm_up.total"], app);
        Assert.Equal(["embedstack.edge.cache.memory", "embedstack.edge.data_access.backlog"], edge);
        Assert.Equal(edge.Concat(app).Order(StringComparer.Ordinal), Gauges(api.Api));
    }

    [Fact]
    public void RoleThatDoesNotExistStopsTheStart()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Role", "both")]).Build();
        Assert.Contains("all, app or edge", Assert.Throws<InvalidOperationException>(() => configuration.GetRole()).Message, StringComparison.Ordinal);
    }

    private static (bool WarmUp, bool Sessions, bool Revocations, bool Edge) Runs(ApiInstance instance)
    {
        var services = instance.Services.GetServices<IHostedService>().ToArray();
        return (Has<WarmUp>(), Has<SessionSweeper>(), Has<RevocationSweeper>(), Has<EdgeSweeper>());

        bool Has<T>() => services.OfType<T>().Any();
    }

    private static string[] Gauges(ApiInstance instance)
    {
        string[] parts = ["embedstack.edge.cache.", "embedstack.edge.data_access.", "embedstack.edge.warm_up."];
        var found = new ConcurrentBag<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.IsObservable && parts.Any(part => instrument.Name.StartsWith(part, StringComparison.Ordinal))
                    && ReferenceEquals(instrument.Meter.Scope, instance.Services.GetRequiredService<IMeterFactory>()))
                {
                    found.Add(instrument.Name);
                }
            },
        };
        listener.Start();
        return [.. found.Order(StringComparer.Ordinal)];
    }

    private static async Task<HttpStatusCode> StatusAsync(int port, string origin, string path)
    {
        using var browser = new Browser(port, origin);
        using var answer = await browser.GetAsync(path);
        return answer.StatusCode;
    }
}
