using EmbedStack.AppHost.Tests.SignIn;
using EmbedStack.AppHost.Tests.Stack;
using EmbedStack.AppHost.Tests.Tenancy;

namespace EmbedStack.AppHost.Tests.Faults;

/// <summary>Parts die one by one while clinics look at their charts: nobody sees another's rows, nobody waits for ever.</summary>
[Trait("Category", "Faults")]
public sealed class PartsDieTests(StackFixture stack)
{
    private static readonly TimeSpan Before = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Away = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(10);

    // Who is not answered by then is waited for all the same: the report says how late it was.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // Cached answers go on for ten seconds without Postgres; the rest is for a request that was under way.
    private static readonly TimeSpan Held = TimeSpan.FromSeconds(12);

    // Keycloak's last verdict holds for a minute, and may be some seconds old by then.
    private static readonly TimeSpan VerdictHolds = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan Shipping = TimeSpan.FromSeconds(30);
    private static readonly Person[] Clinics =
        [Person.NorthsideAdministrator, Person.HarbourAdministrator, Person.ManlyAdministrator, Person.HurstvilleAdministrator];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    // Charts that are kept are answered meanwhile; what only Superset knows is 503 at worst.
    [Theory]
    [InlineData(ResourceNames.Superset)]
    [InlineData(ResourceNames.Redis)]
    [InlineData(ResourceNames.Keycloak)]
    public async Task KeptChartsAreAnsweredWhileItIsAway(string name)
    {
        await using var load = new ViewersLoad(stack);
        await AddClinicsAsync(load);
        var fresh = Person.PenrithAdministrator;
        using var session = await ProductSession.OpenAsync(stack, fresh, Cancellation);
        await load.AddAsync(session, fresh, force: true);

        var (killed, _, recovery, outcomes) = await KillAsync(load, name);

        AssertNothingWorseThanUnavailable(outcomes);
        AssertSoonBack(name, recovery);
        var end = name == ResourceNames.Keycloak ? killed + VerdictHolds : DateTimeOffset.MaxValue;
        Assert.DoesNotContain(outcomes, one => one.Verdict == Verdict.Unavailable && one.Person != fresh && one.AskedAt < end);
    }

    [Fact]
    public async Task WithoutPostgresNothingIsShownThatIsNotWrittenDown()
    {
        await using var load = new ViewersLoad(stack);
        await AddClinicsAsync(load);
        var since = await Superuser.ScalarAsync<DateTime>(stack, "embedstack-db", "select clock_timestamp()");

        var (killed, started, recovery, outcomes) = await KillAsync(load, ResourceNames.Postgres);

        AssertNothingWorseThanUnavailable(outcomes);
        AssertSoonBack(ResourceNames.Postgres, recovery);
        Assert.Contains(outcomes, one => one.Verdict == Verdict.Unavailable);
        Assert.Contains(outcomes, one => one.AskedAt > killed + Held && one.AskedAt < started);
        var late = outcomes.Where(one => one.Verdict == Verdict.Right && one.AskedAt > killed + Held && one.AskedAt < started).ToArray();
        Assert.True(late.Length == 0, $"{late.Length} answers, the first {late.FirstOrDefault()?.AskedAt - killed} after Postgres was killed");
        var shown = outcomes.Count(one => one.Verdict == Verdict.Right);
        Assert.Equal(shown, await WrittenAsync(since, shown));
    }

    private async Task AddClinicsAsync(ViewersLoad load)
    {
        foreach (var person in Clinics)
        {
            await load.AddAsync(await stack.Sessions.OfAsync(person), person);
        }
    }

    private async Task<(DateTimeOffset Killed, DateTimeOffset Started, TimeSpan Recovery, IReadOnlyList<Outcome> Outcomes)> KillAsync(ViewersLoad load, string name)
    {
        var part = new Part(stack, stack.InstancesOf(name));
        load.Begin();
        await Task.Delay(Before, Cancellation);
        Assert.All(load.Outcomes, one => Assert.True(one.Verdict == Verdict.Right, $"before anything happened: {one}"));
        var killed = DateTimeOffset.UtcNow;
        await part.KillAsync();
        DateTimeOffset started, back;
        try
        {
            await Task.Delay(Away, Cancellation);
        }
        finally
        {
            // Whatever went wrong here, the tests that follow want it back.
            started = DateTimeOffset.UtcNow;
            back = await part.StartAsync();
        }

        var recovery = await load.RightForAllAsync(back, Patience);
        await Task.Delay(Before, Cancellation);
        var outcomes = await load.EndAsync();
        FaultsReport.Add(name, recovery, outcomes);
        return (killed, started, recovery, outcomes);
    }

    private static void AssertNothingWorseThanUnavailable(IReadOnlyList<Outcome> outcomes) => Assert.True(
        outcomes.All(one => one.Verdict is Verdict.Right or Verdict.Unavailable),
        string.Join('\n', outcomes.Where(one => one.Verdict is not (Verdict.Right or Verdict.Unavailable)).Take(5)));

    private static void AssertSoonBack(string name, TimeSpan recovery) =>
        Assert.True(recovery <= Recovery, $"Everybody was answered {recovery.TotalSeconds:0.0} s after {name} was healthy again, not within {Recovery.TotalSeconds} s.");

    // The spool is shipped every second once Postgres is back.
    private async Task<long> WrittenAsync(DateTime since, int expected)
    {
        var until = DateTime.UtcNow + Shipping;
        while (true)
        {
            var written = await Superuser.ScalarAsync<long>(
                stack, "embedstack-db", "select count(*) from audit.data_access where at >= $1 and outcome = 'allowed' and tenant = any ($2)",
                since, Clinics.Select(person => person.Tenant).ToArray());
            if (written >= expected || DateTime.UtcNow > until)
            {
                return written;
            }

            await Task.Delay(500, Cancellation);
        }
    }
}
