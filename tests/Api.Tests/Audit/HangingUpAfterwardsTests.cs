using System.Net.Http.Json;
using EmbedStack.Api.Tests.Stack;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace EmbedStack.Api.Tests.Audit;

public sealed class WatchedFixture(TestDatabases postgres) : ApiFixture(postgres)
{
    internal RequestWatch Watch { get; } = new();

    private protected override Action<IServiceCollection> OwnServices => services => services.AddSingleton<IStartupFilter>(Watch);
}

/// <summary>What is done stays done and is not told as refused, though the caller has gone before the answer.</summary>
public sealed class HangingUpAfterwardsTests(WatchedFixture api) : IClassFixture<WatchedFixture>
{
    // Each changes one table and then reads another one, which is locked here. The first version is the catalogue's own.
    [Theory]
    [InlineData("PUT", "/api/admin/entitlements", "shared.catalog_ids", "select 1 from api.entitlement_versions offset 1")]
    [InlineData("PUT", "/api/admin/dashboards/clinic", "shared.catalog_ids", "select 1 from shared.dashboards where not enabled")]
    [InlineData("POST", "/api/admin/revocations", "api.revoked_persons", "select 1 from shared.revocations where value = 'clinic' and expires_at > now()")]
    [InlineData("POST", "/api/admin/tenants/manly/disable", "api.revoked_persons", "select 1 from shared.tenants where not enabled")]
    public async Task WhatWasDoneIsNotAuditedAsRefused(string method, string path, string table, string done)
    {
        var person = new TestPerson { Organizations = ["lakeland"], Roles = ["network"] };
        using var leader = await api.SignInAsync(person);
        using var before = await leader.GetAsync(path.EndsWith("clinic", StringComparison.Ordinal) ? "/api/admin/dashboards" : "/api/admin/entitlements");
        object body = path.EndsWith("entitlements", StringComparison.Ordinal) ? await before.JsonAsync()
            : path.EndsWith("clinic", StringComparison.Ordinal) ? new { enabled = false }
            : new { kind = "dashboard", value = "clinic", until_lifted = false };
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = JsonContent.Create(body), Headers = { { "X-CSRF", "1" }, { RequestWatch.Mark, "1" } } };
        request.Headers.TryAddWithoutValidation("If-Match", before.Headers.ETag?.ToString());
        await using (await api.Database.LockAsync(table))
        {
            api.Watch.Begin();
            using var hangingUp = new CancellationTokenSource();
            var sent = leader.SendUnlessHungUpAsync(request, hangingUp.Token);
            await Eventually.TrueAsync("it is done", async () => (await api.Database.QueryAsync(done)).Count > 0);
            Assert.False(sent.IsCompleted);
            await hangingUp.CancelAsync();
            await Assert.ThrowsAsync<TaskCanceledException>(() => sent);
            await api.Watch.HungUpAsync();
        }

        await api.Watch.DoneAsync(); // what it would write it has written

        await api.Database.ExecuteAsync("update shared.dashboards set enabled = true where not enabled");
        await api.Database.ExecuteAsync("update shared.tenants set enabled = true where not enabled");
        await Eventually.TrueAsync("the leader is answered again", async () =>
        {
            using var answer = await leader.GetAsync("/bff/user");
            return answer.IsSuccessStatusCode;
        });
        var rows = await api.Database.QueryAsync("select outcome from audit.events where kind in ('entitlement_change', 'revocation') and person = audit.person($1)", person.Subject);
        Assert.Equal(["allowed"], rows.Select(row => row["outcome"]));
    }

    [Fact]
    public async Task MintThatWasToldIsTakenBackHoweverMuchWasRefusedBefore()
    {
        var person = new TestPerson();
        using var browser = await api.SignInAsync(person);
        foreach (var refused in await Task.WhenAll(Enumerable.Range(0, 65).Select(_ => browser.MintAsync("unknown"))))
        {
            refused.Dispose();
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/superset/guest-token")
        {
            Content = JsonContent.Create(new { dashboard_key = "clinic" }), Headers = { { "X-CSRF", "1" }, { RequestWatch.Mark, "1" } },
        };
        await using (await api.Database.LockAsync("audit.keys"))
        {
            api.Watch.Begin();
            using var hangingUp = new CancellationTokenSource();
            var sent = browser.SendUnlessHungUpAsync(request, hangingUp.Token);
            await Eventually.TrueAsync("the row waits", async () => (await api.Database.QueryAsync(
                "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%audit.keys%'")).Count > 0);
            await hangingUp.CancelAsync();
            await Assert.ThrowsAsync<TaskCanceledException>(() => sent);
            await api.Watch.HungUpAsync();
        }

        await api.Watch.DoneAsync();
        var rows = await api.Database.QueryAsync(
            "select outcome, reason from audit.events where kind = 'mint' and dashboards = array['clinic'] and person = audit.person($1) order by at", person.Subject);
        Assert.Equal(rows.Count(row => row["outcome"] as string == "allowed"), rows.Count(row => row["reason"] as string == "caller-gone"));
        Assert.NotEmpty(rows);
    }
}
