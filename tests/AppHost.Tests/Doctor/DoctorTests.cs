using EmbedStack.AppHost.Tests.Stack;
using EmbedStack.AppHost.Tests.Tenancy;

namespace EmbedStack.AppHost.Tests.Doctor;

/// <summary>The doctor at the real stack: healthy, and with one fault after another, each undone.</summary>
public sealed class DoctorTests(StackFixture stack)
{
    private const string Superset = "superset-db";
    private const string Shared = "embedstack-db";
    private const string Outcomes = "5fdb6fd0-8ab9-5437-8afe-8817f0011f9f";
    private const string Nobodys = "deadbeef-0000-4000-8000-000000000000";

    private const string ViewerReadsCharts =
        """
        select held.id from ab_permission_view_role held join ab_role role on role.id = held.role_id
        join ab_permission_view pair on pair.id = held.permission_view_id join ab_permission permission on permission.id = pair.permission_id
        join ab_view_menu view on view.id = pair.view_menu_id
        where role.name = 'EmbedViewer' and permission.name = 'can_read' and view.name = 'Chart'
        """;

    // What is found, where, how it is broken (what it answers is what the mending gets), how it is mended.
    private static readonly Dictionary<string, (string Found, string Database, string Break, string Mend)> Faults = new()
    {
        ["embedding by another UUID"] = ("embedded-id", Superset,
            $"update embedded_dashboards set uuid = '{Nobodys}' where uuid = '{Outcomes}' returning ''",
            $"update embedded_dashboards set uuid = '{Outcomes}' where uuid = '{Nobodys}' returning $1"),
        ["allowed domains emptied"] = ("page-refused", Superset,
            $"""
            with before as (select uuid, allow_domain_list from embedded_dashboards where uuid = '{Outcomes}')
            update embedded_dashboards changed set allow_domain_list = '' from before where changed.uuid = before.uuid returning before.allow_domain_list
            """,
            $"update embedded_dashboards set allow_domain_list = $1 where uuid = '{Outcomes}' returning allow_domain_list"),
        ["guests' permission taken"] = ("guest-role", Superset,
            $"delete from ab_permission_view_role where id in ({ViewerReadsCharts}) returning concat_ws(',', id, permission_view_id, role_id)",
            """
            insert into ab_permission_view_role (id, permission_view_id, role_id)
            select split_part($1, ',', 1)::int, split_part($1, ',', 2)::int, split_part($1, ',', 3)::int returning $1
            """),
        ["permission given to Public"] = ("anonymous-reads", Superset,
            """
            insert into ab_permission_view_role (id, permission_view_id, role_id)
            select nextval('ab_permission_view_role_id_seq'), pair.id, (select id from ab_role where name = 'Public')
            from ab_permission_view pair join ab_permission permission on permission.id = pair.permission_id join ab_view_menu view on view.id = pair.view_menu_id
            where permission.name = 'can_read' and view.name = 'Dashboard' returning id::text
            """,
            "delete from ab_permission_view_role where id = $1::int returning id::text"),
        ["stored query lost"] = ("chart-without-query", Superset,
            $"""
            with before as (
                select chart.id, chart.query_context from slices chart join dashboard_slices placed on placed.slice_id = chart.id
                join embedded_dashboards embedded on embedded.dashboard_id = placed.dashboard_id where embedded.uuid = '{Outcomes}' order by chart.id limit 1)
            update slices changed set query_context = null from before where changed.id = before.id returning before.id || ':' || before.query_context
            """,
            "update slices set query_context = substr($1, strpos($1, ':') + 1) where id = split_part($1, ':', 1)::int returning id::text"),
        ["dataset without a rule"] = ("uncovered-dataset", Shared,
            "update shared.catalog_ids set datasets = datasets || 'payroll'::text where kind = 'dashboard' and key = 'outcomes' returning ''",
            "update shared.catalog_ids set datasets = array_remove(datasets, 'payroll') where kind = 'dashboard' and key = 'outcomes' returning $1"),
    };

    public static TheoryData<string> Names => [.. Faults.Keys];

    [Fact]
    public async Task HealthyStackHasNothing()
    {
        await stack.Application.ResourceNotifications.WaitForResourceHealthyAsync("renderer", TestContext.Current.CancellationToken)
            .WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);

        var run = await new DoctorTool(stack).RunAsync("--json");

        Assert.True(run.ExitCode == 0, $"{run.Error}{string.Join('\n', [.. DoctorTool.In(run, "found"), .. DoctorTool.In(run, "not examined")])}\n{stack.Describe()}");
        Assert.DoesNotContain(await stack.ParameterAsync("superset-ingress-secret"), run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CommandOfTheDashboardSaysTheSame()
    {
        var result = await stack.Application.ResourceCommands.ExecuteCommandAsync(ResourceNames.Superset, "doctor", TestContext.Current.CancellationToken);

        Assert.True(result.Success, $"{result.Message}\n{result.Data?.Value}");
        Assert.StartsWith("Healthy: ", result.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task FaultIsNamed(string name)
    {
        var fault = Faults[name];
        var before = await Superuser.ScalarAsync<string>(stack, fault.Database, fault.Break);
        ProgramRun run;
        try
        {
            run = await new DoctorTool(stack).RunAsync("--json");
        }
        finally
        {
            await Superuser.ScalarAsync<string>(stack, fault.Database, fault.Mend, before);
        }

        Assert.True(run.ExitCode == 1, $"{run.ExitCode}: {run.Error}{run.Output}");
        Assert.Equal([fault.Found], DoctorTool.FoundBy(run));
    }
}
