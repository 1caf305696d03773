using System.Net;
using EmbedStack.AppHost.Tests.SignIn;
using EmbedStack.AppHost.Tests.Stack;

namespace EmbedStack.AppHost.Tests.Faults;

/// <summary>The renderer dies and comes back: whoever wants a file meanwhile is told so, long before a file would be given up.</summary>
[Trait("Category", "Faults")]
public sealed class RendererDiesTests(StackFixture stack)
{
    // Less than the Api waits for a file.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task FilesAreMadeAgainOnceItIsBack()
    {
        var session = await stack.Sessions.OfAsync(Person.HarbourAdministrator);
        var renderer = new Part(stack, ResourceNames.Renderer);
        await renderer.KillAsync();
        try
        {
            var (status, problem) = await AskAsync(session).WaitAsync(Patience, Cancellation);
            Assert.True(status == HttpStatusCode.ServiceUnavailable && problem.Contains("renderer-unavailable", StringComparison.Ordinal), problem);
        }
        finally
        {
            await renderer.StartAsync();
        }

        var (answered, file) = await AskAsync(session);
        Assert.True(answered == HttpStatusCode.OK, file);
        Assert.StartsWith("%PDF-", file, StringComparison.Ordinal);
    }

    private static Task<(HttpStatusCode Status, string Body)> AskAsync(ProductSession session) =>
        session.SendAsync(HttpMethod.Post, "api/dashboards/appointments/renderings", new { format = "pdf" }, Cancellation);
}
