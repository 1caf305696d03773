using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EmbedStack.AppHost.Tests.Browser;
using EmbedStack.AppHost.Tests.Stack;
using EmbedStack.AppHost.Tests.Tenancy;
using Microsoft.Playwright;

namespace EmbedStack.AppHost.Tests.Authors;

public sealed class AuthorsTests(StackFixture stack, BrowserFixture browser)
{
    private const float ChartTimeout = 120_000;

    private const string AuditedReads = """
        select count(*) from audit.events
        where kind = 'data_access' and outcome = 'allowed' and role = 'author' and tenant = 'northside' and person is not null and 'appointments' = any(rule_datasets) and at >= $1
        """;

    private static readonly string[] Tenant = ["tenant_id"];

    public static TheoryData<string> Origins => ["app", "embed", "authors", "superset"];

    [Fact]
    public async Task AuthorOpensAChartInExploreAndReadsOneTenantsRows()
    {
        var began = DateTime.UtcNow;
        await using var author = await AuthorPage.SignInAsync(stack, browser, "author@embedstack.example", "author-password");
        var charts = JsonDocument.Parse(await author.FetchAsync("/api/v1/chart/?q=(page_size:200)")).RootElement.GetProperty("result").EnumerateArray();
        var chart = charts.First(item => item.GetProperty("viz_type").GetString() == "big_number_total");

        await author.GoToAsync($"explore/?slice_id={chart.GetProperty("id").GetInt32()}");
        await author.Page.Locator("#chart-id-" + chart.GetProperty("id").GetInt32() + ", .header-line").First.WaitForAsync(new() { Timeout = ChartTimeout });
        await Assertions.Expect(author.Page.GetByText("SQL Lab")).ToHaveCountAsync(0);

        var dataset = JsonDocument.Parse(await author.FetchAsync("/api/v1/dataset/?q=(filters:!((col:table_name,opr:eq,value:appointment_facts)))"))
            .RootElement.GetProperty("result")[0].GetProperty("id").GetInt32();
        var answer = JsonDocument.Parse(await author.FetchAsync("/api/v1/chart/data", new
        {
            datasource = new { id = dataset, type = "table" },
            queries = new[] { new { columns = Tenant, metrics = Array.Empty<string>(), row_limit = 100 } },
            result_type = "full",
            result_format = "json",
        }));
        var rows = answer.RootElement.GetProperty("result")[0].GetProperty("data").EnumerateArray().Select(row => row.GetProperty("tenant_id").GetString());
        Assert.Equal(["northside"], rows);

        // The answer has its row before it is shown; of which dataset the chart was, the list decides.
        Assert.True(await Superuser.ScalarAsync<long>(stack, "embedstack-db", AuditedReads, began) >= 1, "what the author read is not in the audit");
    }

    [Fact]
    public async Task SqlLabAndGuestsPagesAreNotThere()
    {
        await using var author = await AuthorPage.SignInAsync(stack, browser, "author@embedstack.example", "author-password");

        foreach (var path in new[] { "sqllab/", "superset/sqllab/", "dashboard/1/embedded", "users/list/", "api/v1/security/users/" })
        {
            Assert.Equal(404, (await author.GoToAsync(path)).Status);
        }
    }

    [Fact]
    public async Task AClinicsAdministratorIsRefusedWithAPageThatSaysSo()
    {
        var person = Person.NorthsideAdministrator;
        await using var visitor = await AuthorPage.SignInAsync(stack, browser, person.UserName, person.PasswordParameter);

        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Name = "Not for this account" })).ToBeVisibleAsync();
        Assert.Equal(401, (await visitor.GoToAsync("api/v1/me/")).Status);
    }

    // The Api uses it from inside, with the header that no browser has.
    [Theory]
    [MemberData(nameof(Origins))]
    public async Task NoOriginTakesTheServiceAccountsPassword(string origin)
    {
        var address = origin switch { "app" => stack.App, "embed" => stack.Embed, "authors" => stack.Authors, _ => stack.Superset };
        using var client = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(30) };
        client.DefaultRequestHeaders.Host = origin == "authors" ? AuthorPage.Origin(stack).Authority : null;
        var body = new { username = "embedstack-api", password = await stack.ParameterAsync("service-account-password"), provider = "db", refresh = true };

        using var answer = await client.PostAsJsonAsync("api/v1/security/login", body, TestContext.Current.CancellationToken);

        // The app refuses a POST that its page did not send before it looks whether there is anything.
        Assert.Equal(origin == "app" ? HttpStatusCode.Forbidden : HttpStatusCode.NotFound, answer.StatusCode);
    }
}
