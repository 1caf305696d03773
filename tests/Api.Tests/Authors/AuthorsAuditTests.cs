using System.Net;
using EmbedStack.Api.Tests.Stack;
using Microsoft.AspNetCore.Http;

namespace EmbedStack.Api.Tests.Authors;

/// <summary>What authors do and are shown has its row first.</summary>
[Collection<AtTheAuthorsOrigin>]
public sealed class AuthorsAuditTests(ApiFixture api)
{
    [Fact]
    public async Task SignInsAreAuditedAndWhatSupersetTellsOfThemGoesNoFurther()
    {
        var subject = Guid.NewGuid().ToString();
        api.Superset.Answer = context =>
        {
            context.Response.Headers["X-EmbedStack-Author"] = $$"""{"kind": "sign_in", "subject": "{{subject}}", "tenant": "northside", "refusal": null}""";
            context.Response.StatusCode = 302;
            context.Response.Headers.Location = "/dashboard/list/";
            return Task.CompletedTask;
        };
        try
        {
            using var browser = api.NewAuthorsBrowser();
            using var answer = await browser.GetAsync("/oauth-authorized/keycloak?code=x");
            Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
            Assert.False(answer.Headers.Contains("X-EmbedStack-Author"));
            var row = Assert.Single(await api.Database.QueryAsync("select kind, outcome, tenant, role from audit.events where person = audit.person($1)", subject));
            Assert.Equal(("sign_in", "allowed", "northside", "author"), (row["kind"], row["outcome"], row["tenant"], row["role"]));
        }
        finally
        {
            api.Superset.Answer = null;
        }
    }

    [Fact]
    public async Task RowsThatAnAuthorIsShownHaveTheirRowInTheAuditFirst()
    {
        var subject = Guid.NewGuid().ToString();
        api.Superset.Answer = context =>
        {
            context.Response.Headers["X-EmbedStack-Author"] =
                $$"""{"kind": "data_access", "subject": "{{subject}}", "tenant": "northside", "refusal": null, "datasets": [7, 4711]}""";
            return context.Response.WriteAsync("rows");
        };
        try
        {
            using var browser = api.NewAuthorsBrowser();
            using var answer = await browser.SendAsync(browser.Own("POST", "/api/v1/chart/data"));
            Assert.Equal((HttpStatusCode.OK, "rows"), (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
            Assert.False(answer.Headers.Contains("X-EmbedStack-Author"));
            var row = Assert.Single(await api.Database.QueryAsync(
                "select kind, outcome, tenant, role, rule_datasets from audit.events where person = audit.person($1)", subject));
            Assert.Equal(("data_access", "allowed", "northside", "author"), (row["kind"], row["outcome"], row["tenant"], row["role"]));
            Assert.Equal(["appointments", "4711"], (string[])row["rule_datasets"]!);

            await api.Database.ExecuteAsync("alter table audit.events rename to hidden_events");
            try
            {
                using var unaudited = await browser.SendAsync(browser.Own("POST", "/api/v1/chart/data"));
                Assert.Equal(HttpStatusCode.ServiceUnavailable, unaudited.StatusCode);
                Assert.DoesNotContain("rows", await unaudited.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
            }
            finally
            {
                await api.Database.ExecuteAsync("alter table audit.hidden_events rename to events");
            }
        }
        finally
        {
            api.Superset.Answer = null;
        }
    }
}
