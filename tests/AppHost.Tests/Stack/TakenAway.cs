using System.Diagnostics;

namespace EmbedStack.AppHost.Tests.Stack;

/// <summary>Measures how long something is still answered that was just taken away.</summary>
internal static class TakenAway
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    /// <summary>Asks until it is refused.</summary>
    /// <param name="where">Who is asked.</param>
    /// <param name="limit">After which it must not be answered any more, however busy the machine is.</param>
    /// <param name="isAnswered">Asks once.</param>
    /// <returns>
    /// When the last question was put that was still answered. How long an answer took counts for nothing: who asks later is
    /// refused.
    /// </returns>
    public static async Task<TimeSpan> LastAnsweredAsync(string where, TimeSpan limit, Func<Task<bool>> isAnswered)
    {
        var (started, last) = (Stopwatch.GetTimestamp(), TimeSpan.Zero);
        while (true)
        {
            var asked = Stopwatch.GetElapsedTime(started);
            if (!await isAnswered())
            {
                return last;
            }

            last = asked;
            Assert.True(asked < limit, $"{where} still answers after {asked.TotalSeconds:0.0} s, and may for {limit.TotalSeconds} s.");
            await Task.Delay(Look, TestContext.Current.CancellationToken);
        }
    }

    public static TimeSpan Median(IReadOnlyList<TimeSpan> times) => times.Order().ElementAt(times.Count / 2);
}
