using System.Diagnostics;
using System.Net;
using EmbedStack.Api.Tests.Stack;

namespace EmbedStack.Api.Tests.Edge.Exchange;

/// <summary>A Superset that makes no tokens is asked now and then, and fills no audit, however much pages ask.</summary>
public sealed class FailedMakingTests(ExchangeFixture api) : IClassFixture<ExchangeFixture>
{
    private const int Charts = 12;
    private const int Mints = 200;
    private const int RowsPerMinute = 60;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task PagesChartsAskOnceForATokenThatCannotBeMade()
    {
        var person = new TestPerson();
        var token = await api.TokenAsync(person);
        await api.Database.ExecuteAsync("delete from api.superset_tokens");
        var fresh = api.StartInstance();
        api.Superset.Away = true;
        var began = Stopwatch.GetTimestamp();
        try
        {
            for (var chart = 0; chart < Charts; chart++)
            {
                using var answer = await api.ReadAsync(token, fresh);
                await answer.AssertProblemAsync(HttpStatusCode.ServiceUnavailable, "superset-unavailable");
            }
        }
        finally
        {
            api.Superset.Away = false;
        }

        Assert.InRange(await CountAsync("exchange", person), 1, 1 + (int)(Stopwatch.GetElapsedTime(began) / Pause));
        api.Clock.Advance(Pause);
        using var back = await api.ReadAsync(token, fresh);
        Assert.Equal(HttpStatusCode.OK, back.StatusCode);
    }

    [Fact]
    public async Task MintsThatFailForMinutesFillNoAudit()
    {
        var person = new TestPerson();
        using var browser = await api.SignInAsync(person);
        var password = api.Superset.Password;
        api.Superset.Password = "changed behind our back";
        api.Superset.ForgetLogins();
        try
        {
            for (var mint = 0; mint < Mints; mint++)
            {
                using var answer = await browser.MintAsync("clinic");
                await answer.AssertProblemAsync(HttpStatusCode.BadGateway, "superset-refused");
                api.Clock.Advance(Pause);
            }
        }
        finally
        {
            api.Superset.Password = password;
        }

        // A minute of the machine's own may have begun anew in between.
        Assert.InRange(await CountAsync("exchange", person), RowsPerMinute, 2 * RowsPerMinute);
        Assert.InRange(await CountAsync("mint", person), RowsPerMinute, 2 * RowsPerMinute);
    }

    private async Task<int> CountAsync(string kind, TestPerson person) => (await api.Database.QueryAsync(
        "select 1 from audit.events where kind = $1 and outcome = 'refused' and person = audit.person($2)", kind, person.Subject)).Count;
}
