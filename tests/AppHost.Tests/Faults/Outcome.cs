using EmbedStack.AppHost.Tests.Stack;

namespace EmbedStack.AppHost.Tests.Faults;

/// <summary>What became of one question.</summary>
/// <param name="AskedAt">When it was sent.</param>
/// <param name="Person">Who asked.</param>
/// <param name="Verdict">What the answer was.</param>
/// <param name="Text">What it said, where it was none.</param>
internal sealed record Outcome(DateTimeOffset AskedAt, Person Person, Verdict Verdict, string Text)
{
    public override string ToString() => $"{AskedAt:HH:mm:ss.fff} {Person}: {Verdict} {Text}";
}
