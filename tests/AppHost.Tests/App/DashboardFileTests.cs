using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using EmbedStack.AppHost.Tests.Browser;
using EmbedStack.AppHost.Tests.Embedding;
using EmbedStack.AppHost.Tests.SignIn;
using EmbedStack.AppHost.Tests.Stack;
using EmbedStack.AppHost.Tests.Tenancy;
using EmbedStack.Tests.Pdf;
using Microsoft.Playwright;

namespace EmbedStack.AppHost.Tests.App;

/// <summary>Dashboards leave as PDF and picture, by the renderer, as the person who asks; each try is written down.</summary>
public sealed class DashboardFileTests(StackFixture stack, BrowserFixture browser)
{
    private const float Timeout = 200_000;
    private const string Figure = "Appointments";
    private const string Database = "clinic_hurstville"; // which this clinic has to itself
    private static readonly TimeSpan Shipping = TimeSpan.FromSeconds(30);
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AdministratorTakesTheDashboardAlongAsItIsShown()
    {
        var person = Person.HurstvilleAdministrator;
        var before = await ExportsAsync(person, "allowed");
        await using var product = await ProductPage.ResumeAsync(stack, browser, person, "dashboards/clinic");
        await product.AllChartsAsync(12);
        var whole = await product.BigNumberAsync(Figure);
        await new EmbeddedDashboard(product.Embed).ChooseAsync(0);
        var filtered = await product.BigNumberAsync(Figure, figure => figure != whole);
        Assert.NotEqual(whole, filtered);
        await product.Page.WaitForURLAsync(url => url.Contains("filters=", StringComparison.Ordinal), new() { Timeout = Timeout });
        var document = await SaveAsync(product, "Download as PDF");
        Assert.Matches(@"^clinic-\d{4}-\d\d-\d\d\.pdf$", document.Name);
        AssertShows(document.Contents, person, filtered);

        var (_, picture) = await SaveAsync(product, "Download as image");
        Assert.InRange(BinaryPrimitives.ReadInt32BigEndian(picture.AsSpan(16)), 1440, 2880);
        Assert.True(BinaryPrimitives.ReadInt32BigEndian(picture.AsSpan(20)) > 1000 && picture.Length > 50_000, $"A picture of {picture.Length} bytes");

        Assert.Equal(before + 2, await ExportsAsync(person, "allowed"));
        await AssertReadsAsync(person);
        await AssertFailedChartsAreToldAsync(product.Page);
    }

    [Fact]
    public async Task LeadershipTakesTheTabThatIsOpenAlong()
    {
        await using var product = await ProductPage.ResumeAsync(stack, browser, Person.Leadership, "dashboards/network");
        await product.Embed.GetByRole(AriaRole.Tab, new() { Name = "Compliance" }).ClickAsync(new() { Timeout = Timeout });
        await product.Page.WaitForURLAsync(url => url.Contains("permalink=", StringComparison.Ordinal), new() { Timeout = Timeout });
        var lines = PdfText.Read((await SaveAsync(product, "Download as PDF")).Contents).Select(line => line.Trim()).ToArray();
        Assert.True(lines.Contains("Notes on time") && !lines.Contains("Utilisation by clinic and month"), string.Join('\n', lines));
    }

    [Fact]
    public async Task FrontDeskIsRefusedAndAudited()
    {
        var person = Person.HurstvilleStaff;
        var (mints, refusals) = (await RowsAsync(person, "mint", "allowed"), await ExportsAsync(person, "refused"));
        using var session = await ProductSession.OpenAsync(stack, person, Cancellation);
        var (status, body) = await session.SendAsync(HttpMethod.Post, "api/dashboards/appointments/renderings", new { format = "pdf" }, Cancellation);
        Assert.True(status == HttpStatusCode.Forbidden, body);
        Assert.Equal((mints, refusals + 1), (await RowsAsync(person, "mint", "allowed"), await ExportsAsync(person, "refused")));

        var (hidden, _) = await session.SendAsync(HttpMethod.Post, "api/dashboards/clinic/renderings", new { format = "pdf" }, Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, hidden);
    }

    // A period that nobody has asked for: else the edge would answer by itself.
    private async Task AssertFailedChartsAreToldAsync(IPage page)
    {
        const string ask = """
            async () => {
              const filter = { id: 'NATIVE_FILTER-period' };
              const range = "'2024-03-05 : 2024-03-19'";
              const answer = await fetch('/api/dashboards/clinic/renderings', {
                method: 'POST',
                headers: { 'content-type': 'application/json', 'X-CSRF': '1' },
                body: JSON.stringify({ format: 'png', native_filters: `(${filter.id}:(id:${filter.id},extraFormData:(time_range:${range}),filterState:(value:${range}),ownState:()))` }),
              });
              return [answer.status, Number(answer.headers.get('X-Failed-Charts'))];
            }
            """;
        await Superuser.ScalarInAsync<int>(stack, Database, "revoke select on clinic.revenue_facts from clinic_reader; select 1");
        try
        {
            var answer = await page.EvaluateAsync<int[]>(ask);
            Assert.True(answer is [200, > 0 and < 12], string.Join(' ', answer));
        }
        finally
        {
            await Superuser.ScalarInAsync<int>(stack, Database, "grant select on clinic.revenue_facts to clinic_reader; select 1");
        }
    }

    private static async Task<(string Name, byte[] Contents)> SaveAsync(ProductPage product, string item)
    {
        var choice = product.Page.GetByRole(AriaRole.Menuitem, new() { Name = item });
        // A click right after the page has scrolled to the button may land in the frame: Chromium's hit test is a frame late.
        await product.Page.GetByRole(AriaRole.Button, new() { Name = "Download", Exact = true }).PressAsync("Enter");
        var file = product.Page.WaitForDownloadAsync(new() { Timeout = Timeout });
        var failed = product.Page.GetByRole(AriaRole.Alert).First.WaitForAsync(new() { Timeout = Timeout });
        _ = failed.ContinueWith(ended => ended.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        await choice.ClickAsync(new() { Timeout = Timeout });
        if (await Task.WhenAny(file, failed) == failed)
        {
            Assert.Fail($"{item}: {await product.Page.GetByRole(AriaRole.Alert).First.InnerTextAsync()}\n{StackFixture.DescribeStarted()}");
        }

        var saved = await file;
        return (saved.SuggestedFilename, await File.ReadAllBytesAsync((await saved.PathAsync())!, Cancellation));
    }

    private static void AssertShows(byte[] document, Person person, decimal figure)
    {
        Assert.Equal(1, PdfText.Measure(document).Pages);
        var lines = PdfText.Read(document).Select(line => line.Trim()).ToArray();
        var text = string.Join('\n', lines);
        Assert.Contains(lines, line => line.StartsWith(person.Clinic, StringComparison.Ordinal));
        Assert.True(lines.Any(line => decimal.TryParse(line.TrimEnd('%'), NumberStyles.Number, CultureInfo.InvariantCulture, out var shown) && shown == figure), $"{figure} is not in\n{text}");
        Assert.True(lines.Contains(Figure), $"{Figure} is not in\n{text}");
    }

    // What the file shows was read as this person, and under the requests that are written down.
    private async Task AssertReadsAsync(Person person)
    {
        const string reads = """
            select count(*) from audit.data_access read join audit.events event using (correlation_id)
            where event.kind = 'export' and event.outcome = 'allowed' and event.tenant = $1 and read.outcome = 'allowed' and read.person = event.person
            """;
        for (var until = DateTime.UtcNow + Shipping; await Superuser.ScalarAsync<long>(stack, "embedstack-db", reads, person.Tenant) < 24; await Task.Delay(250, Cancellation))
        {
            Assert.True(DateTime.UtcNow < until, $"Two files of twelve charts left fewer rows within {Shipping}.");
        }

        Assert.Equal(0L, await Superuser.ScalarAsync<long>(
            stack, "embedstack-db",
            "select count(*) from audit.data_access read join audit.events event using (correlation_id) where event.kind = 'export' and (read.tenant, read.role) <> (event.tenant, event.role)"));
    }

    private Task<long> ExportsAsync(Person person, string outcome) => RowsAsync(person, "export", outcome);

    private Task<long> RowsAsync(Person person, string kind, string outcome) => Superuser.ScalarAsync<long>(
        stack, "embedstack-db", "select count(*) from audit.events where kind = $1 and tenant = $2 and role = $3 and outcome = $4",
        kind, person.Tenant, person.Role, outcome);
}
