using EmbedStack.AppHost.Tests.Stack;

namespace EmbedStack.AppHost.Tests.Faults;

/// <summary>What became of one question.</summary>
/// <param name="AskedAt">When it was sent.</param>
/// <param name="Took">How long it took until that was known.</param>
/// <param name="Person">Who asked.</param>
/// <param name="Verdict">What the answer was.</param>
/// <param name="Text">What it said, where it was none.</param>
internal sealed record Outcome(DateTimeOffset AskedAt, TimeSpan Took, Person Person, Verdict Verdict, string Text)
{
    public DateTimeOffset AnsweredAt => AskedAt + Took;

    public override string ToString() => $"{AskedAt:HH:mm:ss.fff} {Person}: {Verdict} {Text}";
}
