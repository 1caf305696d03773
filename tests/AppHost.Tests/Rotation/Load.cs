using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using EmbedStack.AppHost.Tests.Leak.Asking;
using EmbedStack.AppHost.Tests.Leak.Stored;
using EmbedStack.AppHost.Tests.SignIn;
using EmbedStack.AppHost.Tests.Stack;

namespace EmbedStack.AppHost.Tests.Rotation;

/// <summary>A person who opens a dashboard again and again: each time a mint, then a chart with the new token.</summary>
internal sealed class Load : IDisposable
{
    // Below the limit of requests of one person.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(600);
    private static readonly string[] Others = ["appointments", "revenue", "staff-utilisation", "outcomes", "operations-hub"];
    private readonly CancellationTokenSource ending = new();
    private readonly Task[] running;
    private int requests;

    public Load(StackFixture stack, ProductSession session, string dashboard, StoredChart chart) =>
        running = [.. Enumerable.Range(0, 2).Select(first => Task.Run(() => RunAsync(first * 16, stack, session, dashboard, chart)))];

    public ConcurrentQueue<string> Failures { get; } = [];

    public int Requests => requests;

    /// <summary>Lets what is under way come to its end.</summary>
    public async Task EndAsync()
    {
        await ending.CancelAsync();
        await Task.WhenAll(running);
    }

    public void Dispose()
    {
        ending.Cancel();
        ending.Dispose();
    }

    // Another set of dashboards each time: for the same set a young token would be answered again, and nothing minted.
    private static string[] SetOf(string dashboard, int number) => [dashboard, .. Others.Where((_, index) => (number >> index & 1) == 1)];

    private async Task RunAsync(int first, StackFixture stack, ProductSession session, string dashboard, StoredChart chart)
    {
        for (var turn = first; !ending.IsCancellationRequested; turn++)
        {
            try
            {
                var (status, body) = await session.MintAsync(new { dashboard_keys = SetOf(dashboard, turn) }, TestContext.Current.CancellationToken);
                Interlocked.Increment(ref requests);
                if (status != HttpStatusCode.OK)
                {
                    Failures.Enqueue($"The mint answered {(int)status}: {body}");
                    continue;
                }

                var token = JsonDocument.Parse(body).RootElement.GetProperty("token").GetString();
                var answer = await new Guest(stack, token).AskAsync(chart.Request());
                Interlocked.Increment(ref requests);
                if (!answer.IsOk)
                {
                    Failures.Enqueue($"The chart answered {answer}");
                }
            }
            catch (Exception problem) when (problem is HttpRequestException or TaskCanceledException)
            {
                Failures.Enqueue(problem.Message);
            }

            await Task.Delay(Pause);
        }
    }
}
