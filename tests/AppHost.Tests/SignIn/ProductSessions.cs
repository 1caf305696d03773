using EmbedStack.AppHost.Tests.Stack;

namespace EmbedStack.AppHost.Tests.SignIn;

/// <summary>One session a person, opened when first asked for and kept for as long as it is used.</summary>
internal sealed class ProductSessions(StackFixture stack) : IDisposable
{
    // Less than the half hour after which an idle session ends.
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(15);

    private readonly Dictionary<Person, (ProductSession Session, DateTimeOffset UsedAt)> sessions = [];

    // The tests of this assembly run one after another.
    public async Task<ProductSession> OfAsync(Person person)
    {
        var isKnown = sessions.TryGetValue(person, out var known);
        var session = known.Session;
        if (!isKnown || DateTimeOffset.UtcNow - known.UsedAt > Idle)
        {
            session?.Dispose();
            session = await ProductSession.OpenAsync(stack, person, TestContext.Current.CancellationToken);
        }

        sessions[person] = (session!, DateTimeOffset.UtcNow);
        return session!;
    }

    /// <summary>After tokens were revoked that others hold.</summary>
    public void ForgetTokens()
    {
        foreach (var (session, _) in sessions.Values)
        {
            session.ForgetTokens();
        }
    }

    public void Dispose()
    {
        foreach (var (session, _) in sessions.Values)
        {
            session.Dispose();
        }
    }
}
