using System.Text;
using EmbedStack.AppHost.Tests.Leak.Asking;
using EmbedStack.AppHost.Tests.Leak.Stored;
using EmbedStack.AppHost.Tests.Stack;

namespace EmbedStack.AppHost.Tests.EdgeCache;

/// <summary>
/// One clinic asks Superset for far more than it can do. How long another clinic waits is told by how much of the storm was answered
/// meanwhile: a clock would tell what machine it is.
/// </summary>
public sealed class OthersStormTests(StackFixture stack)
{
    private const string Dashboard = "clinic";
    private const string Dataset = "appointments";
    private const int Storm = 56; // within what a person may have under way
    private const int Asked = 5;

    // All that Superset works on at once, a third of the storm; behind the whole of it the others would be.
    private const int Few = Storm / 2;

    // What is kept waits in no line; the machine is as busy as it can be all the same.
    private const int Hardly = Storm / 8;

    private int answered;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task StormOfOneClinicLeavesTheOthersLatencyAlone()
    {
        var (fresh, kept) = (new List<int>(), new List<int>());
        var stored = await StoredDashboards.ReadAsync(stack);
        var chart = stored.ChartsOf(Dashboard).First(one => one.Dataset == Dataset && Narrowing.To("2001-01-01 : 2001-01-02").Fits(one));
        var (storm, other) = (await TokenAsync(Person.NorthsideAdministrator), await TokenAsync(Person.HarbourAdministrator));
        await AskAsync(other, chart, 0);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var number = 0;
        var asking = Enumerable.Range(0, Storm).Select(_ => Task.Run(async () =>
        {
            while (!over.IsCancellationRequested)
            {
                await AskAsync(storm, chart, Interlocked.Increment(ref number));
                Interlocked.Increment(ref answered);
            }
        }, Cancellation)).ToArray();
        try
        {
            await UntilAsync(() => Volatile.Read(ref answered) >= 4);
            for (var times = 1; times <= Asked; times++)
            {
                fresh.Add(await MeanwhileAsync(() => AskAsync(other, chart, times)));
                kept.Add(await MeanwhileAsync(() => AskAsync(other, chart, 0)));
            }
        }
        finally
        {
            await over.CancelAsync();
        }

        await Task.WhenAll(asking);
        var told = $"of the storm's questions were answered while the other clinic waited for Superset: {string.Join(", ", fresh)}; for what was kept: {string.Join(", ", kept)}";
        TestContext.Current.TestOutputHelper?.WriteLine(told);
        Assert.True(Median(fresh) <= Few, told);
        Assert.True(Median(kept) <= Hardly, told);
    }

    private async Task<int> MeanwhileAsync(Func<Task> ask)
    {
        var before = Volatile.Read(ref answered);
        await ask();
        return Volatile.Read(ref answered) - before;
    }

    // Each number a day that nobody asks for otherwise.
    private async Task AskAsync(string token, StoredChart chart, int number)
    {
        var day = new DateOnly(2001, 1, 1).AddDays(number);
        var question = Narrowing.To($"{day:yyyy-MM-dd} : {day.AddDays(1):yyyy-MM-dd}").Of(chart).Request().ToJsonString();
        // Of a length that is said, as a browser's: of what may be large a person has few under way.
        using var body = new StringContent(question, Encoding.UTF8, "application/json");
        var answer = await new Guest(stack, token).SendAsync(HttpMethod.Post, "api/v1/chart/data", body, Way.Embed);
        Assert.True(answer.IsOk, answer.ToString());
    }

    private async Task<string> TokenAsync(Person person) => await (await stack.Sessions.OfAsync(person)).TokenAsync(Dashboard, Cancellation);

    private static int Median(List<int> counts) => counts.Order().ElementAt(counts.Count / 2);

    private async Task UntilAsync(Func<bool> condition)
    {
        for (var looks = 0; looks < 600; looks++)
        {
            if (condition())
            {
                return;
            }

            await Task.Delay(100, Cancellation);
        }

        Assert.Fail($"The storm is not answered at all.\n{stack.Describe()}");
    }
}
