using System.Collections.Concurrent;
using System.Diagnostics;

namespace EmbedStack.Load.Measuring;

/// <summary>Callers that each ask again as soon as they are answered, or at a pace.</summary>
internal static class MintLoad
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(120);

    public static async Task<Measurement> MeasureAsync(MintTarget target, int callers, TimeSpan? pause, TimeSpan duration, CancellationToken cancellation)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, UseProxy = false, MaxConnectionsPerServer = callers }) { Timeout = AnswerLimit };
        var check = new GuestTokenCheck(target.EmbeddedId);
        await RunAsync(client, target, check, callers, pause, WarmUp, [], [], cancellation);

        var times = new ConcurrentBag<double>();
        var faults = new ConcurrentQueue<string>();
        var (started, processor) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        await RunAsync(client, target, check, callers, pause, duration, times, faults, cancellation);
        var elapsed = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var cores = (Environment.CpuUsage.TotalTime - processor).TotalSeconds / elapsed;

        double[] sorted = [.. times.Order()];
        return new Measurement(
            target.Name, callers, pause, sorted.Length + faults.Count, faults.Count, faults.FirstOrDefault(),
            At(sorted, 0.5), At(sorted, 0.99), sorted.Length / elapsed, cores);
    }

    private static Task RunAsync(
        HttpClient client, MintTarget target, GuestTokenCheck check, int callers, TimeSpan? pause, TimeSpan duration,
        ConcurrentBag<double> times, ConcurrentQueue<string> faults, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        var until = started + Ticks(duration);
        return Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(
            async () =>
            {
                // Spread evenly. Who is answered too late for the next request waits from when that was due.
                var due = pause is { } spread ? started + (Ticks(spread) * caller / callers) : started;
                for (; Math.Max(due, Stopwatch.GetTimestamp()) < until; due += pause is { } next ? Ticks(next) : 0)
                {
                    var early = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due);
                    if (early > TimeSpan.Zero)
                    {
                        await Task.Delay(early, cancellation);
                    }

                    var asked = pause is null || early > TimeSpan.Zero ? Stopwatch.GetTimestamp() : due;
                    var fault = await AskAsync(client, target, check, cancellation);
                    if (fault is null)
                    {
                        times.Add(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
                    }
                    else
                    {
                        faults.Enqueue(fault);
                    }
                }
            },
            cancellation)));
    }

    private static async Task<string?> AskAsync(HttpClient client, MintTarget target, GuestTokenCheck check, CancellationToken cancellation)
    {
        try
        {
            using var request = target.Ask();
            using var answer = await client.SendAsync(request, cancellation);
            var text = await answer.Content.ReadAsStringAsync(cancellation);
            return answer.IsSuccessStatusCode ? check.Find(target.Read(text)) : $"{(int)answer.StatusCode}: {text[..Math.Min(text.Length, 200)]}";
        }
        catch (Exception problem) when (problem is HttpRequestException || (problem is TaskCanceledException && !cancellation.IsCancellationRequested))
        {
            return problem.Message;
        }
    }

    private static long Ticks(TimeSpan time) => (long)(time.TotalSeconds * Stopwatch.Frequency);

    private static double At(double[] sorted, double part) => sorted.Length == 0 ? double.NaN : sorted[(int)Math.Min(sorted.Length - 1, Math.Ceiling(sorted.Length * part) - 1)];
}
