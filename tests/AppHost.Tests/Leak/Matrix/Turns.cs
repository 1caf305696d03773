using System.Net;
using EmbedStack.AppHost.Tests.Leak.Asking;
using EmbedStack.AppHost.Tests.Leak.Others;
using EmbedStack.AppHost.Tests.Leak.Questions;
using EmbedStack.AppHost.Tests.Stack;

namespace EmbedStack.AppHost.Tests.Leak.Matrix;

/// <summary>
/// One question, asked in turn: the first person cold and cached, each other where the first one's answer waits in the
/// cache and then cold, and after each the first again. Whoever gets another's answer shows.
/// </summary>
internal sealed class Turns(StackFixture stack)
{
    private readonly List<string> problems = [];

    public int Asked { get; private set; }

    public IReadOnlyList<string> Problems => problems;

    public async Task AskAsync(Question question, IReadOnlyList<Person> persons)
    {
        var first = persons[0];
        await AskAsync(question, first, force: true);
        await AskAsync(question, first, force: false);
        foreach (var other in persons.Skip(1))
        {
            await AskAsync(question, other, force: false);
            await AskAsync(question, other, force: true);
            await AskAsync(question, first, force: false);
        }
    }

    public void AssertNone() =>
        Assert.True(problems.Count == 0, $"{problems.Count} of {Asked} answers are wrong:\n{string.Join('\n', problems.Take(20))}");

    private async Task AskAsync(Question question, Person person, bool force)
    {
        Asked++;
        var answer = await question.AskAsync(await Guest.OfAsync(stack, person, question.Dashboard), force);
        var problem = answer.Status == HttpStatusCode.OK ? await ProblemAsync(question, person, answer) : $"answered {answer}";
        if (problem is not null)
        {
            problems.Add($"{question} as {person}, {(force ? "cold" : "cached")}: {problem}");
        }
    }

    private async Task<string?> ProblemAsync(Question question, Person person, Answer answer) =>
        (await OthersCells.OfAsync(stack, person)).In(answer) is { Count: > 0 } foreign
            ? $"LEAK: {string.Join(" ; ", foreign.Take(5))}"
            : await question.DifferenceAsync(stack, person, answer);
}
