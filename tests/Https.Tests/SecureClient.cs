using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace EmbedStack.Https.Tests;

/// <summary>A program that reaches every host of this machine by loopback, as browsers do, and follows no redirect.</summary>
internal static class SecureClient
{
    /// <param name="authority">Whom it trusts alone; nobody but the machine's own where there is none.</param>
    /// <param name="anyName">Whether it takes a certificate for whatever host it names.</param>
    public static HttpClient Create(X509Certificate2? authority, bool anyName = false)
    {
        var handler = new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false, ConnectCallback = ConnectAsync };
        if (authority is not null)
        {
            handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust, CustomTrustStore = { authority }, RevocationMode = X509RevocationMode.NoCheck,
            };
        }

        if (anyName)
        {
            handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, problems) => (problems & ~SslPolicyErrors.RemoteCertificateNameMismatch) == 0;
        }

        return new HttpClient(handler)
        {
            Timeout = TimeSpan.FromSeconds(30), DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
    }

    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync("localhost", context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
