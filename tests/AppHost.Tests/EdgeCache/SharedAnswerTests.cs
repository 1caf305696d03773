using System.Net;
using Aspire.Hosting.Testing;
using EmbedStack.AppHost.Tests.Leak.Asking;
using EmbedStack.AppHost.Tests.Leak.Questions;
using EmbedStack.AppHost.Tests.Leak.Stored;
using EmbedStack.AppHost.Tests.SignIn;
using EmbedStack.AppHost.Tests.Stack;
using EmbedStack.AppHost.Tests.Tenancy;
using Npgsql;

namespace EmbedStack.AppHost.Tests.EdgeCache;

/// <summary>Charts through the edge, with the real Superset behind it: shared by those who see the same, and by nobody else.</summary>
public sealed class SharedAnswerTests(StackFixture stack)
{
    private const string Dashboard = "clinic";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ViewersOfOneIdentityShareAnAnswerAndOtherClinicsAskForTheirOwn()
    {
        await DropAsync();
        var question = await QuestionAsync();
        var (first, second) = (await GuestAsync(Person.NorthsideAdministrator), await GuestAsync(Person.NorthsideAdministrator));
        var since = await NowAsync();
        var turns = new (Person Person, Guest Guest)[]
        {
            (Person.NorthsideAdministrator, first),
            (Person.NorthsideAdministrator, second),
            (Person.HarbourAdministrator, await Guest.OfAsync(stack, Person.HarbourAdministrator, Dashboard)),
            (Person.HurstvilleAdministrator, await Guest.OfAsync(stack, Person.HurstvilleAdministrator, Dashboard)),
            (Person.NorthsideAdministrator, first),
            (Person.HarbourAdministrator, await Guest.OfAsync(stack, Person.HarbourAdministrator, Dashboard)),
        };
        foreach (var (person, guest) in turns)
        {
            var answer = await question.AskAsync(guest, force: false);
            Assert.True(answer.IsOk, answer.ToString());
            Assert.Null(await question.DifferenceAsync(stack, person, answer));
        }

        Assert.Equal(
            ["northside superset", "northside memory", "harbour superset", "hurstville superset", "northside memory", "harbour memory"],
            await SourcesAsync(since, turns.Length));
    }

    [Fact]
    public async Task EndedSessionIsShownNothingThatIsKept()
    {
        using var session = await ProductSession.OpenAsync(stack, Person.PenrithAdministrator, Cancellation);
        var guest = new Guest(stack, await session.TokenAsync(Dashboard, Cancellation));
        var question = await QuestionAsync();
        Assert.True((await question.AskAsync(guest, force: false)).IsOk);
        Assert.True((await question.AskAsync(guest, force: false)).IsOk);
        await session.SignOutAsync(Cancellation);
        Assert.Equal(HttpStatusCode.Unauthorized, (await question.AskAsync(guest, force: false)).Status);
    }

    [Fact]
    public async Task NewRowsAreShownOnceTheyAreAnnounced()
    {
        var person = Person.WollongongAdministrator;
        var guest = await Guest.OfAsync(stack, person, Dashboard);
        Assert.True((await (await QuestionAsync()).AskAsync(guest, force: false)).IsOk);
        var appointment = await Superuser.ScalarInAsync<long>(
            stack, "clinic", "select min(appointment_id) from clinic.appointments where tenant_id = $1 and status = 'completed'", person.Tenant);
        await SetStatusAsync(appointment, "cancelled");
        try
        {
            // Until the announcement is heard, by the edge and by Superset.
            var until = DateTime.UtcNow + Patience;
            string? difference;
            do
            {
                var question = await QuestionAsync();
                difference = await question.DifferenceAsync(stack, person, await question.AskAsync(guest, force: false));
            }
            while (difference is not null && DateTime.UtcNow < until);

            Assert.True(difference is null, $"{Patience.TotalSeconds:0} s after the announcement: {difference}");
        }
        finally
        {
            await SetStatusAsync(appointment, "completed");
        }
    }

    private async Task<Question> QuestionAsync() => QuestionsOf.Dashboard(await StoredDashboards.ReadAsync(stack), Dashboard, "admin")
        .First(question => question is { Kind: QuestionKind.Chart, Dataset: "appointments" });

    private async Task<Guest> GuestAsync(Person person) => new(stack, await (await stack.Sessions.OfAsync(person)).TokenAsync(Dashboard, Cancellation));

    private async Task DropAsync()
    {
        var leader = await stack.Sessions.OfAsync(Person.Leadership);
        Assert.Equal(HttpStatusCode.NoContent, (await leader.SendAsync(HttpMethod.Post, "api/admin/embed-cache/drops", new { kind = "all" }, Cancellation)).Status);
    }

    private async Task SetStatusAsync(long appointment, string status)
    {
        await Superuser.ScalarInAsync<long>(
            stack, "clinic", "update clinic.appointments set status = $2 where tenant_id = 'wollongong' and appointment_id = $1 returning appointment_id", appointment, status);
        await Superuser.ScalarAsync<long>(
            stack, "embedstack-db", "update shared.data_version set version = version + 1, changed_at = now() where name = 'clinic' returning version");
    }

    private Task<DateTime> NowAsync() => Superuser.ScalarAsync<DateTime>(stack, "embedstack-db", "select clock_timestamp()");

    // The spool is shipped every second.
    private async Task<IReadOnlyList<string>> SourcesAsync(DateTime since, int count)
    {
        await using var database = NpgsqlDataSource.Create((await stack.Application.GetConnectionStringAsync("embedstack-db"))!);
        var until = DateTime.UtcNow + Patience;
        while (true)
        {
            var sources = new List<string>();
            await using (var command = database.CreateCommand("select tenant || ' ' || source from audit.data_access where at >= $1 and dashboard = 'clinic' order by at"))
            {
                command.Parameters.Add(new() { Value = since });
                await using var reader = await command.ExecuteReaderAsync(Cancellation);
                while (await reader.ReadAsync(Cancellation))
                {
                    sources.Add(reader.GetString(0));
                }
            }

            if (sources.Count >= count || DateTime.UtcNow > until)
            {
                return sources;
            }

            await Task.Delay(200, Cancellation);
        }
    }
}
