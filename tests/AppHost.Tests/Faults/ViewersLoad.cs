using System.Collections.Concurrent;
using System.Text.Json;
using EmbedStack.AppHost.Tests.Leak.Asking;
using EmbedStack.AppHost.Tests.Leak.Questions;
using EmbedStack.AppHost.Tests.Leak.Stored;
using EmbedStack.AppHost.Tests.SignIn;
using EmbedStack.AppHost.Tests.Stack;

namespace EmbedStack.AppHost.Tests.Faults;

/// <summary>Viewers of several clinics who ask a dashboard's charts again and again; each answer is held against the viewer's own rows.</summary>
internal sealed class ViewersLoad(StackFixture stack) : IAsyncDisposable
{
    private const string Dashboard = "clinic";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private readonly List<(EdgeViewer Viewer, TimeSpan Pause, IReadOnlyList<(string Question, string Right)> Questions)> viewers = [];
    private readonly ConcurrentQueue<Outcome> outcomes = [];
    private readonly CancellationTokenSource ending = new();
    private Task asking = Task.CompletedTask;

    public IEnumerable<Outcome> Outcomes => outcomes;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Adds a page of the person's session; what is right for it, SQL says.</summary>
    /// <param name="session">The session.</param>
    /// <param name="person">Whose it is.</param>
    /// <param name="process">The process of the Api that the page speaks to.</param>
    /// <param name="force">Whether it wants each answer fresh, and so asks Superset each time.</param>
    public async Task AddAsync(ProductSession session, Person person, Uri? process = null, bool force = false)
    {
        var (status, body) = await session.MintAsync(new { dashboard_key = Dashboard }, Cancellation);
        Assert.True(status == System.Net.HttpStatusCode.OK, $"The mint for {person} answered {(int)status}: {body}");
        var token = JsonDocument.Parse(body).RootElement.GetProperty("token").GetString()!;
        var guest = new Guest(stack, token);
        var questions = new List<(string, string)>();
        foreach (var chart in (await StoredDashboards.ReadAsync(stack)).ChartsOf(Dashboard))
        {
            var question = new QueryQuestion(QuestionKind.Chart, chart.Name, chart.Dashboard, chart.Dataset, chart.Request);
            var answer = await question.AskAsync(guest, force: false);
            Assert.True(answer.IsOk, $"{chart} for {person}: {answer}");
            Assert.Null(await question.DifferenceAsync(stack, person, answer));
            var right = AnswerRows.Of(answer.Body);
            questions.AddRange(force ? [(chart.Request(force).ToJsonString(), right)] : Variants.Of(chart.Request()).Select(variant => (variant, right)));
        }

        // Superset is asked past the caches so often, and no oftener.
        viewers.Add((new EdgeViewer(stack, person, token, process), force ? Pause * 15 : Pause, questions));
    }

    public void Begin() => asking = Task.WhenAll(viewers.Select((viewer, place) => Task.Run(() => AskAsync(viewer.Viewer, viewer.Pause, viewer.Questions, place * 7))));

    /// <summary>Waits until every viewer has a right answer to what it asked after a moment; returns how long after it the last of them had one.</summary>
    public async Task<TimeSpan> RightForAllAsync(DateTimeOffset since, TimeSpan patience)
    {
        while (true)
        {
            var firsts = viewers.Select(viewer => outcomes.Where(one => one.Person == viewer.Viewer.Person && one.Verdict == Verdict.Right && one.AskedAt >= since)
                .Select(one => (DateTimeOffset?)one.AnsweredAt).FirstOrDefault()).ToArray();
            if (firsts.All(first => first is not null))
            {
                return firsts.Max()!.Value - since;
            }

            Assert.True(
                DateTimeOffset.UtcNow - since < patience,
                $"After {patience.TotalSeconds:0} s not everybody is answered again:\n{string.Join('\n', outcomes.Where(one => one.Verdict != Verdict.Right).TakeLast(5))}\n{stack.Describe()}");
            await Task.Delay(50, Cancellation);
        }
    }

    /// <summary>Lets what is under way come to its end.</summary>
    public async Task<IReadOnlyList<Outcome>> EndAsync()
    {
        await ending.CancelAsync();
        await asking;
        return [.. outcomes.OrderBy(one => one.AskedAt)];
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        ending.Dispose();
    }

    private async Task AskAsync(EdgeViewer viewer, TimeSpan pause, IReadOnlyList<(string Question, string Right)> questions, int first)
    {
        for (var turn = first; !ending.IsCancellationRequested; turn++)
        {
            var (question, right) = questions[turn % questions.Count];
            outcomes.Enqueue(await viewer.AskAsync(question, right));
            await Task.Delay(pause, CancellationToken.None);
        }
    }
}
