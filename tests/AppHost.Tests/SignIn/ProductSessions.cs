using EmbedStack.AppHost.Tests.Stack;

namespace EmbedStack.AppHost.Tests.SignIn;

/// <summary>One session a person, opened when first asked for and kept for the run.</summary>
internal sealed class ProductSessions(StackFixture stack) : IDisposable
{
    private readonly Dictionary<Person, ProductSession> sessions = [];

    // The tests of this assembly run one after another.
    public async Task<ProductSession> OfAsync(Person person)
    {
        if (!sessions.TryGetValue(person, out var session))
        {
            session = await ProductSession.OpenAsync(stack, person, TestContext.Current.CancellationToken);
            sessions[person] = session;
        }

        return session;
    }

    /// <summary>After tokens were revoked that others hold.</summary>
    public void ForgetTokens()
    {
        foreach (var session in sessions.Values)
        {
            session.ForgetTokens();
        }
    }

    public void Dispose()
    {
        foreach (var session in sessions.Values)
        {
            session.Dispose();
        }
    }
}
