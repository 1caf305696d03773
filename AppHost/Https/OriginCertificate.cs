using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace EmbedStack.AppHost.Https;

/// <summary>
/// The certificate of the app's, the dashboards' and the authors' origins on a developer's machine. It outlives the run, so that a
/// browser is told once to trust the authority behind it.
/// </summary>
internal sealed class OriginCertificate(string directory, TimeProvider time)
{
    private static readonly TimeSpan Life = TimeSpan.FromDays(365);
    private static readonly TimeSpan LeastLeft = TimeSpan.FromDays(30);

    /// <summary>The certificate and its key, the owner's alone.</summary>
    public string File { get; } = Path.Combine(directory, "origins.pem");

    /// <summary>The authority's certificate: what browsers are to trust.</summary>
    public string AuthorityFile { get; } = Path.Combine(directory, "authority.crt");

    public static OriginCertificate Of(StackSettings settings) => new(Path.Combine(settings.ToolsDirectory, "https"), TimeProvider.System);

    /// <summary>Makes both where there are none, or none that serve for another month. Tells whether it did.</summary>
    /// <exception cref="IOException">They cannot be written.</exception>
    public bool Renew()
    {
        OwnerFiles.CreateDirectory(directory);
        using var turn = OwnerFiles.TakeTurn(Path.Combine(directory, "lock"));
        if (Serves())
        {
            return false;
        }

        var (authority, own) = OneTimeAuthority.Issue(time.GetUtcNow(), Life);
        using (authority)
        using (own)
        using (var key = own.GetECDsaPrivateKey()!)
        {
            OwnerFiles.Write(AuthorityFile, authority.ExportCertificatePem());
            OwnerFiles.Write(File, $"{own.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n");
        }

        return true;
    }

    /// <summary>What a browser may be told to trust in place of the authority: the SHA-256 of this one public key.</summary>
    public string KeyPin()
    {
        using var own = X509CertificateLoader.LoadCertificateFromFile(File);
        return Convert.ToBase64String(SHA256.HashData(own.PublicKey.ExportSubjectPublicKeyInfo()));
    }

    private bool Serves()
    {
        try
        {
            using var own = X509Certificate2.CreateFromPemFile(File);
            using var authority = X509CertificateLoader.LoadCertificateFromFile(AuthorityFile);
            return OwnerFiles.IsOwners(File)
                && OneTimeAuthority.Names.All(name => own.MatchesHostname(name, allowCommonName: false))
                && time.GetUtcNow() + LeastLeft < own.NotAfter.ToUniversalTime()
                && IsVouchedFor(own, authority);
        }
        catch (Exception problem) when (problem is CryptographicException or IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private bool IsVouchedFor(X509Certificate2 own, X509Certificate2 authority)
    {
        using var chain = new X509Chain { ChainPolicy = TrustOf(authority) };
        chain.ChainPolicy.VerificationTime = time.GetUtcNow().UtcDateTime;
        return chain.Build(own);
    }

    /// <summary>Trusts what an authority vouches for, and nothing else.</summary>
    public static X509ChainPolicy TrustOf(X509Certificate2 authority) => new()
    {
        TrustMode = X509ChainTrustMode.CustomRootTrust,
        CustomTrustStore = { authority },
        RevocationMode = X509RevocationMode.NoCheck,
    };
}
