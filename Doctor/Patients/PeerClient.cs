using System.Security.Cryptography.X509Certificates;

namespace EmbedStack.Doctor.Patients;

/// <summary>Makes the client that asks: bounded, without cookies, redirects and proxies.</summary>
internal static class PeerClient
{
    private const long LargestAnswer = 64 * 1024 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <param name="authorityFile">The certificate of whoever vouches for the stack's origins on this machine; null where public ones do.</param>
    public static HttpClient Create(string? authorityFile = null)
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false, ConnectTimeout = TimeSpan.FromSeconds(5) };
        if (authorityFile is not null && File.Exists(authorityFile))
        {
            handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                CustomTrustStore = { X509CertificateLoader.LoadCertificateFromFile(authorityFile) },
                RevocationMode = X509RevocationMode.NoCheck,
            };
        }

        return Create(handler);
    }

    public static HttpClient Create(HttpMessageHandler handler) => new(handler) { Timeout = Patience, MaxResponseContentBufferSize = LargestAnswer };
}
