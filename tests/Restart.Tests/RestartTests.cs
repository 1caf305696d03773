using EmbedStack.AppHost.Tests.Browser;
using EmbedStack.AppHost.Tests.Stack;
using EmbedStack.Tests.Processes;

namespace EmbedStack.Restart.Tests;

/// <summary>A stack is stopped and another started on what it left, with a later Superset.</summary>
public sealed class RestartTests(BrowserFixture browser)
{
    // The last migration of Superset 6.0.
    private const string ReleaseBefore = "c233f5365c9e";
    private const string Migration = "select version_num from alembic_version";
    private const int Charts = 12;

    private static readonly (string Database, string Question)[] Kept =
    [
        ("keycloak-db", "select string_agg(id || username, ',' order by username) from user_entity where service_account_client_link is null"),
        ("superset-db", "select string_agg(concat_ws(' ', uuid, id, query_context), ',' order by uuid) from slices"),
        ("superset-db", "select string_agg(concat_ws(' ', uuid, allow_domain_list <> ''), ',' order by uuid) from embedded_dashboards"),
        ("embedstack-db", "select string_agg(concat_ws(' ', kind, key, id), ',' order by kind, key) from shared.catalog_ids"),
        ("clinic-db", "select concat_ws(' ', count(*), max(appointment_id)) from clinic.appointments"),
    ];

    [Fact]
    public async Task DataOutliveTheStackAndAnUpgradeOfSuperset()
    {
        var folder = Directory.CreateTempSubdirectory("embedstack-restart-");
        if (!OperatingSystem.IsWindows())
        {
            // Postgres may be another user's process.
            folder.UnixFileMode |= UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        }

        string[] volumes = [];
        try
        {
            IReadOnlyDictionary<string, string> secrets;
            string current;
            string?[] kept;
            long told;
            await using (var first = await KeptStack.StartAsync(folder.FullName, new Dictionary<string, string>()))
            {
                volumes = first.Volumes();
                await AssertFiguresAsync(first);
                (secrets, current, kept, told) = (await first.SecretsAsync(), await first.ScalarAsync<string>("superset-db", Migration), await KeptAsync(first), await ToldAsync(first));
                await first.SupersetAsync("db", "downgrade", ReleaseBefore);
                Assert.Equal(ReleaseBefore, await first.ScalarAsync<string>("superset-db", Migration));
            }

            await using var second = await KeptStack.StartAsync(folder.FullName, secrets);

            Assert.Equal(current, await second.ScalarAsync<string>("superset-db", Migration));
            Assert.Equal(kept, await KeptAsync(second));
            await AssertFiguresAsync(second);
            Assert.InRange(await ToldAsync(second), told + 1, long.MaxValue);
        }
        finally
        {
            await DeleteAsync(volumes);
            folder.Delete(recursive: true);
        }
    }

    private async Task AssertFiguresAsync(KeptStack stack)
    {
        await using var product = await ProductPage.SignInAsync(stack, browser, Person.NorthsideAdministrator, "dashboards/clinic");
        await product.AllChartsAsync(Charts);
        var own = await stack.ScalarAsync<long>("clinic-db", $"select count(*) from clinic.appointments where tenant_id = '{Person.NorthsideAdministrator.Tenant}'");
        Assert.Equal(own, await product.BigNumberAsync("Appointments"));
    }

    private static async Task<string?[]> KeptAsync(KeptStack stack)
    {
        var kept = new List<string?>();
        foreach (var (database, question) in Kept)
        {
            kept.Add(await stack.ScalarAsync<string>(database, question));
        }

        return [.. kept];
    }

    // Each sign-in is a row that nobody may delete.
    private static Task<long> ToldAsync(KeptStack stack) => stack.ScalarAsync<long>("embedstack-db", "select count(*) from audit.events");

    private static async Task DeleteAsync(string[] volumes)
    {
        foreach (var volume in volumes)
        {
            await ProcessRun.OfAsync(new(ContainerTool.Name, ["volume", "rm", volume]), TimeSpan.FromMinutes(1));
        }
    }
}
