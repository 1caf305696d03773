using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace EmbedStack.AppHost.Https;

/// <summary>
/// An authority whose key signs one certificate and is gone: whoever trusts it trusts that one, and a stolen folder makes no other.
/// </summary>
internal static class OneTimeAuthority
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private static readonly TimeSpan ClocksDiffer = TimeSpan.FromHours(1);

    /// <summary>The hosts that the certificate is for.</summary>
    public static IReadOnlyList<string> Names { get; } = [OriginHosts.Secure.App, OriginHosts.Secure.Authors, "localhost", "127.0.0.1", "::1"];

    /// <summary>Makes both: the authority without, the certificate with its key.</summary>
    public static (X509Certificate2 Authority, X509Certificate2 Certificate) Issue(DateTimeOffset now, TimeSpan life)
    {
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var signing = Request($"CN=EmbedStack development {RandomNumberGenerator.GetHexString(8)}", authorityKey, LoopbackNames.Constraint)
            .CreateSelfSigned(now - ClocksDiffer, now + life);

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = Sign(signing, key, Names, now);
        return (X509CertificateLoader.LoadCertificate(signing.RawData), certificate.CopyWithPrivateKey(key));
    }

    internal static CertificateRequest Request(string subject, ECDsa key, X509Extension constraint)
    {
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: true, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        request.CertificateExtensions.Add(constraint);
        return request;
    }

    internal static X509Certificate2 Sign(X509Certificate2 authority, ECDsa key, IEnumerable<string> names, DateTimeOffset now)
    {
        var request = new CertificateRequest("CN=EmbedStack", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ServerAuthentication)], critical: false));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(authority, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        request.CertificateExtensions.Add(Alternatives(names));
        return request.Create(authority, now - ClocksDiffer, authority.NotAfter, RandomNumberGenerator.GetBytes(16));
    }

    private static X509Extension Alternatives(IEnumerable<string> names)
    {
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            if (IPAddress.TryParse(name, out var address))
            {
                alternatives.AddIpAddress(address);
            }
            else
            {
                alternatives.AddDnsName(name);
            }
        }

        return alternatives.Build();
    }
}
