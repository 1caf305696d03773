using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text.Json;
using EmbedStack.AppHost.Tests.Leak.Asking;
using EmbedStack.AppHost.Tests.Leak.Stored;
using EmbedStack.AppHost.Tests.SignIn;
using EmbedStack.AppHost.Tests.Stack;

namespace EmbedStack.AppHost.Tests.Rotation;

/// <summary>People who open a dashboard again and again: each time a mint, and now and then a chart with the new token.</summary>
internal sealed class Load : IDisposable
{
    private const int MintsPerChart = 20;
    private static readonly string[] Others = ["appointments", "revenue", "staff-utilisation", "outcomes", "operations-hub"];
    private readonly CancellationTokenSource ending = new();
    private readonly Stopwatch running = Stopwatch.StartNew();
    private readonly Task[] people;
    private readonly Way way;
    private int requests;

    /// <param name="stack">The stack.</param>
    /// <param name="session">Whose requests they are, and to which Api they go.</param>
    /// <param name="chart">What is asked with the tokens.</param>
    /// <param name="way">Which way those tokens open.</param>
    /// <param name="people">How many ask at once.</param>
    /// <param name="pause">The pause of each between two requests.</param>
    public Load(StackFixture stack, ProductSession session, StoredChart chart, Way way, int people, TimeSpan pause)
    {
        this.way = way;
        this.people = [.. Enumerable.Range(0, people).Select(first => Task.Run(() => RunAsync(first * 7, stack, session, chart, pause)))];
    }

    public ConcurrentQueue<string> Failures { get; } = [];

    public int Requests => requests;

    /// <summary>Requests a second, up to the end.</summary>
    public double Rate => requests / running.Elapsed.TotalSeconds;

    /// <summary>Lets what is under way come to its end.</summary>
    public async Task EndAsync()
    {
        await ending.CancelAsync();
        await Task.WhenAll(people);
        running.Stop();
    }

    public void Dispose()
    {
        ending.Cancel();
        ending.Dispose();
    }

    // Another set of dashboards each time: for the same set a young token would be answered again, and nothing minted.
    private static string[] SetOf(string dashboard, int number) => [dashboard, .. Others.Where((_, index) => (number >> index & 1) == 1)];

    private async Task RunAsync(int first, StackFixture stack, ProductSession session, StoredChart chart, TimeSpan pause)
    {
        for (var turn = first; !ending.IsCancellationRequested; turn++)
        {
            try
            {
                var (status, body) = await session.MintAsync(new { dashboard_keys = SetOf(chart.Dashboard, turn) }, TestContext.Current.CancellationToken);
                Interlocked.Increment(ref requests);
                if (status != HttpStatusCode.OK)
                {
                    Failures.Enqueue($"The mint answered {(int)status}: {body}");
                    continue;
                }

                if (turn % MintsPerChart == 0)
                {
                    await AskAsync(new Guest(stack, JsonDocument.Parse(body).RootElement.GetProperty("token").GetString()), chart);
                }
            }
            catch (Exception problem) when (problem is HttpRequestException or TaskCanceledException)
            {
                Failures.Enqueue(problem.Message);
            }

            await Task.Delay(pause);
        }
    }

    private async Task AskAsync(Guest guest, StoredChart chart)
    {
        var answer = await guest.AskAsync(chart.Request(), way);
        Interlocked.Increment(ref requests);
        if (!answer.IsOk)
        {
            Failures.Enqueue($"The chart answered {answer}");
        }
    }
}
