using System.Net;
using EmbedStack.Api.Tests.Stack;

namespace EmbedStack.Api.Tests.Audit;

public sealed class CarryOverTests(CarryOverTests.FormerApi api) : IClassFixture<CarryOverTests.FormerApi>
{
    private const string Subject = "0f3c9c1e-0000-4000-8000-00000000000a";

    [Fact]
    public async Task RowsOfTheFormerTableAreCarriedOverWithTheirTimes()
    {
        Assert.Empty(await api.Database.QueryAsync("select 1 where to_regclass('api.audit_events') is not null"));
        var rows = await api.Database.QueryAsync("select at, kind, outcome, tenant, dashboards, origin from audit.events where person = audit.person($1) order by at", Subject);
        Assert.Equal(["sign_in", "mint"], rows.Select(row => row["kind"]));
        Assert.All(rows, row => Assert.Equal("northside", row["tenant"]));
        Assert.All(rows, row => Assert.NotNull(row["origin"]));
        Assert.Equal(new DateTime(2026, 10, 1, 10, 0, 0, DateTimeKind.Utc), rows[0]["at"]);
        Assert.Equal(["clinic"], (string[])rows[1]["dashboards"]!);

        using var browser = await api.SignInAsync(new TestPerson());
        using var answer = await browser.MintAsync("clinic");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    public sealed class FormerApi(TestDatabases postgres) : ApiFixture(postgres)
    {
        protected override async Task PublishAsync()
        {
            await base.PublishAsync();
            foreach (var migration in EmbedStack.Api.Persistence.Migration.All.Where(step => string.CompareOrdinal(step.Name, "0005") < 0))
            {
                await Database.ExecuteAsync($"set role api; {migration.Sql}");
                await Database.ExecuteAsync(
                    "set role api; create table if not exists api.migrations (name text primary key, applied_at timestamptz not null default now())");
                await Database.ExecuteAsync("insert into api.migrations (name) values ($1)", migration.Name);
            }

            await Database.ExecuteAsync(
                """
                insert into api.audit_events (at, kind, outcome, subject, session_id, tenant, role, dashboards, address, user_agent) values
                    ('2026-10-01 10:00Z', 'sign_in', 'allowed', $1, gen_random_uuid(), 'northside', 'admin', null, '203.0.113.7', 'a browser'),
                    ('2026-11-02 10:00Z', 'mint', 'allowed', $1, gen_random_uuid(), 'northside', 'admin', '{clinic}', '203.0.113.7', null)
                """,
                Subject);
        }
    }
}
