using EmbedStack.AppHost.Tests.Leak.Asking;
using EmbedStack.AppHost.Tests.Stack;

namespace EmbedStack.AppHost.Tests.Leak.Questions;

/// <summary>Something that a dashboard lets a person ask, and what the right answer is.</summary>
internal abstract class Question(QuestionKind kind, string name, string dashboard, string dataset)
{
    public QuestionKind Kind => kind;

    public string Dashboard => dashboard;

    public string Dataset => dataset;

    /// <summary>Asks as the person's guest.</summary>
    public abstract Task<Answer> AskAsync(Guest guest, bool force);

    /// <returns>What an answer has that SQL written for the person has not, or the other way round; else null.</returns>
    public abstract Task<string?> DifferenceAsync(StackFixture stack, Person person, Answer answer);

    public override string ToString() => $"{dashboard}: {name}";
}
