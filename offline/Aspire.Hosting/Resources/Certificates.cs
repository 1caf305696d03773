using System.Security.Cryptography.X509Certificates;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Which certificate the resource serves HTTPS with.</summary>
[Experimental("ASPIRECERTIFICATES001", UrlFormat = "https://aka.ms/aspire/diagnostics/{0}")]
public sealed class HttpsCertificateAnnotation : IResourceAnnotation
{
    /// <summary>A certificate of its own.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>Whether it is the development certificate; null for the application's default.</summary>
    public bool? UseDeveloperCertificate { get; init; }

    /// <summary>The password of the certificate's key.</summary>
    public ParameterResource? Password { get; init; }
}
