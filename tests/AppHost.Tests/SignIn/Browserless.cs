using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace EmbedStack.AppHost.Tests.SignIn;

/// <summary>What of a browser a sign-in needs: cookies, redirects and forms.</summary>
internal sealed partial class Browserless : IDisposable
{
    private const int MostRedirects = 10;

    private readonly CookieJar cookies;
    private readonly HttpClient client;

    public Browserless()
        : this(new CookieJar(), null)
    {
    }

    private Browserless(CookieJar cookies, (Uri Origin, Uri Process)? shortcut)
    {
        this.cookies = cookies;
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false };
        if (shortcut is not null)
        {
            handler.PooledConnectionLifetime = TimeSpan.Zero; // a balancer decides at each connection
        }

        handler.ConnectCallback = (context, cancellationToken) => ConnectAsync(Aim(context.DnsEndPoint, shortcut), cancellationToken);
        client = new HttpClient(handler, disposeHandler: true) { Timeout = TimeSpan.FromSeconds(60) };
    }

    /// <summary>The same browser, but that requests to an origin go to one process behind it, as a load balancer may decide.</summary>
    public Browserless Through(Uri origin, Uri process) => new(cookies, (origin, process));

    /// <summary>Sends one request with its server's cookies; redirects are the caller's.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cookies.Send(request);
        var response = await client.SendAsync(request, cancellationToken);
        cookies.Keep(request.RequestUri!, response.Headers);
        return response;
    }

    /// <summary>Follows redirects to a page.</summary>
    public async Task<Page> OpenAsync(Uri address, CancellationToken cancellationToken) =>
        await FollowAsync(new HttpRequestMessage(HttpMethod.Get, address), cancellationToken);

    /// <summary>Fills the page's only form and follows where it leads.</summary>
    public async Task<Page> SubmitAsync(Page page, IReadOnlyDictionary<string, string> fields, CancellationToken cancellationToken)
    {
        var action = FormAction().Match(page.Html);
        if (!action.Success)
        {
            throw new InvalidOperationException($"{page.Address.GetLeftPart(UriPartial.Path)} has no form.");
        }

        var address = new Uri(page.Address, WebUtility.HtmlDecode(action.Groups[1].Value));
        return await FollowAsync(new HttpRequestMessage(HttpMethod.Post, address) { Content = new FormUrlEncodedContent(fields) }, cancellationToken);
    }

    /// <summary>Fills Keycloak's two forms. With organizations on, it asks for the name first and for the password on a page of its own.</summary>
    public async Task<Page> SignInAsync(Page page, string userName, string password, CancellationToken cancellationToken)
    {
        var next = await SubmitAsync(page, new Dictionary<string, string> { ["username"] = userName }, cancellationToken);
        return await SubmitAsync(next, new Dictionary<string, string> { ["username"] = userName, ["password"] = password, ["credentialId"] = "" }, cancellationToken);
    }

    /// <summary>The cookies that a server has set, as a header's value.</summary>
    public string CookiesOf(Uri server) => cookies.Of(server);

    public void Dispose() => client.Dispose();

    // As browsers do: names under localhost are this machine, whether the system resolves them or not.
    private static async ValueTask<Stream> ConnectAsync(DnsEndPoint address, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(
                address.Host.EndsWith(".localhost", StringComparison.Ordinal) ? new DnsEndPoint("localhost", address.Port) : address, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static DnsEndPoint Aim(DnsEndPoint address, (Uri Origin, Uri Process)? shortcut) =>
        shortcut is var (origin, process) && address.Host == origin.Host && address.Port == origin.Port
            ? new DnsEndPoint(process.Host, process.Port)
            : address;

    private async Task<Page> FollowAsync(HttpRequestMessage first, CancellationToken cancellationToken)
    {
        var next = first;
        for (var hop = 0; hop < MostRedirects; hop++)
        {
            using var request = next;
            using var response = await SendAsync(request, cancellationToken);
            if (response.Headers.Location is not { } location)
            {
                return new Page(request.RequestUri!, response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken));
            }

            next = new HttpRequestMessage(HttpMethod.Get, new Uri(request.RequestUri!, location));
        }

        throw new InvalidOperationException($"More than {MostRedirects} redirects, the last to {next.RequestUri!.GetLeftPart(UriPartial.Path)}.");
    }

    [GeneratedRegex("<form[^>]*?action=\"([^\"]+)\"")]
    private static partial Regex FormAction();

    /// <summary>Where a walk ended.</summary>
    internal sealed record Page(Uri Address, HttpStatusCode Status, string Html);
}
