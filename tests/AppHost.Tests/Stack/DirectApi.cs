using System.Net;
using System.Text.Json;
using EmbedStack.AppHost.Tests.SignIn;

namespace EmbedStack.AppHost.Tests.Stack;

/// <summary>An Api beside the stack's, with its sessions, that gives browsers Superset's own tokens and passes them on.</summary>
internal sealed class DirectApi : IAsyncDisposable
{
    private readonly SecondApi process;
    private readonly Dictionary<ProductSession, ProductSession> sessions = [];

    private DirectApi(SecondApi process) => this.process = process;

    /// <summary>Where it serves the app, whose host requests must name.</summary>
    public Uri Address => process.Address;

    /// <summary>Where it serves the embed origin, whose host requests must name.</summary>
    public Uri Embed => process.Embed;

    public static async Task<DirectApi> StartAsync(StackFixture stack, CancellationToken cancellationToken) =>
        new(await SecondApi.StartAsync(stack, cancellationToken, new Dictionary<string, string> { ["Edge__Tokens"] = "direct" }));

    /// <summary>A token for a dashboard; one that is minutes old serves again.</summary>
    public Task<string> TokenAsync(ProductSession session, string dashboard, CancellationToken cancellationToken) =>
        Here(session).TokenAsync(dashboard, cancellationToken);

    /// <summary>A token for a dashboard, as the Api gives it now.</summary>
    public async Task<string> MintAsync(ProductSession session, string dashboard, CancellationToken cancellationToken)
    {
        var (status, body) = await MintAsync(session, new { dashboard_key = dashboard }, cancellationToken);
        Assert.True(status == HttpStatusCode.OK, $"The mint for {dashboard} answered {(int)status}: {body}");
        return JsonDocument.Parse(body).RootElement.GetProperty("token").GetString()!;
    }

    public Task<(HttpStatusCode Status, string Body)> MintAsync(
        ProductSession session, object body, CancellationToken cancellationToken, string query = "", IReadOnlyDictionary<string, string>? headers = null) =>
        Here(session).MintAsync(body, cancellationToken, query, headers);

    /// <summary>After tokens were revoked that others hold.</summary>
    public void ForgetTokens()
    {
        foreach (var session in sessions.Values)
        {
            session.ForgetTokens();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var session in sessions.Values)
        {
            session.Dispose();
        }

        await process.DisposeAsync();
    }

    private ProductSession Here(ProductSession session)
    {
        if (!sessions.TryGetValue(session, out var here))
        {
            sessions[session] = here = session.On(process.Address);
        }

        return here;
    }
}
