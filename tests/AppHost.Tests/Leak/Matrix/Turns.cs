using System.Net;
using EmbedStack.AppHost.Tests.Leak.Asking;
using EmbedStack.AppHost.Tests.Leak.Others;
using EmbedStack.AppHost.Tests.Leak.Questions;
using EmbedStack.AppHost.Tests.Stack;

namespace EmbedStack.AppHost.Tests.Leak.Matrix;

/// <summary>
/// One question, asked in turn: the first person cold and cached, each other where the first one's answer waits in the
/// cache and then cold, and after each the first again. Whoever gets another's answer shows, and so does a cache that is off.
/// </summary>
internal sealed class Turns(StackFixture stack)
{
    // Superset answers one person's question afresh so often; in between it takes what it has.
    private static readonly TimeSpan UntilFresh = TimeSpan.FromSeconds(11);
    private const int AtOnce = 2;

    private readonly List<string> problems = [];

    public int Asked { get; private set; }

    /// <param name="question">What is asked.</param>
    /// <param name="persons">Who asks, in this order.</param>
    /// <param name="afresh">Whether the others ask afresh as well; where the same is asked in many forms, that would be to wait each time.</param>
    public async Task AskAsync(Question question, IReadOnlyList<Person> persons, bool afresh = true)
    {
        var first = persons[0];
        await AskAsync(question, first, From.Database);
        await AskAsync(question, first, From.Cache);
        foreach (var other in persons.Skip(1))
        {
            await AskAsync(question, other, From.Either);
            await AskAsync(question, other, afresh ? From.Database : From.Cache);
            await AskAsync(question, first, From.Cache);
        }
    }

    /// <summary>Once more what all of them have been answered, in another order.</summary>
    public async Task RepeatAsync(Question question, IEnumerable<Person> persons)
    {
        foreach (var person in persons)
        {
            await AskAsync(question, person, From.Cache);
        }
    }

    /// <summary>All of them at once, each more than once: first past the cache, then from it.</summary>
    public async Task AskTogetherAsync(Question question, IReadOnlyList<Person> persons)
    {
        var guests = new List<(Person Person, Guest Guest)>();
        foreach (var person in persons)
        {
            guests.AddRange(Enumerable.Repeat((person, await Guest.OfAsync(stack, person, question.Dashboard)), AtOnce));
        }

        foreach (var force in new[] { true, false })
        {
            var answers = await Task.WhenAll(guests.Select(async asking => (asking.Person, Answer: await question.AskAsync(asking.Guest, force))));
            foreach (var (person, answer) in answers)
            {
                Asked++;
                await JudgeAsync(question, person, answer, $"{answers.Length} at once, {(force ? "afresh" : "again")}", force ? From.Either : From.Cache);
            }
        }
    }

    public void AssertNone() =>
        Assert.True(problems.Count == 0, $"{problems.Count} of {Asked} answers are wrong:\n{string.Join('\n', problems.Take(20))}");

    private async Task AskAsync(Question question, Person person, From source)
    {
        Asked++;
        var guest = await Guest.OfAsync(stack, person, question.Dashboard);
        var answer = await question.AskAsync(guest, source == From.Database);
        if (source == From.Database && answer.IsOk && answer.IsCached == true)
        {
            await Task.Delay(UntilFresh, TestContext.Current.CancellationToken);
            answer = await question.AskAsync(guest, force: true);
        }

        await JudgeAsync(question, person, answer, source switch { From.Database => "cold", From.Cache => "cached", _ => "unasked so far" }, source);
    }

    private async Task JudgeAsync(Question question, Person person, Answer answer, string how, From source)
    {
        var problem = answer.Status == HttpStatusCode.OK ? await ProblemAsync(question, person, answer, source) : $"answered {answer}";
        if (problem is not null)
        {
            problems.Add($"{question} as {person}, {how}: {problem}");
        }
    }

    private async Task<string?> ProblemAsync(Question question, Person person, Answer answer, From source)
    {
        if ((await OthersCells.OfAsync(stack, person)).In(answer) is { Count: > 0 } foreign)
        {
            return $"LEAK: {string.Join(" ; ", foreign.Take(5))}";
        }

        return await question.DifferenceAsync(stack, person, answer) ?? (source, answer.IsCached) switch
        {
            (From.Database, true) => "asked afresh, answered from the cache",
            (From.Cache, false) => "not answered from the cache, where it waits",
            _ => null,
        };
    }

    // Where an answer has to come from.
    private enum From
    {
        Database,
        Cache,
        Either,
    }
}
