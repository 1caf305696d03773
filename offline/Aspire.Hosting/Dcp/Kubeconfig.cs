using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Aspire.Hosting.Dcp;

/// <summary>Where DCP's API listens, and how it and this process know each other.</summary>
internal sealed record Kubeconfig(Uri Server, string Token, X509Certificate2Collection Authorities)
{
    /// <summary>Reads the four values there are; the file is YAML, written by DCP alone.</summary>
    internal static Kubeconfig Parse(string text)
    {
        string Value(string key)
        {
            var line = text.Split('\n').Select(l => l.TrimStart(' ', '-')).FirstOrDefault(l => l.StartsWith($"{key}:", StringComparison.Ordinal));
            return line?[(key.Length + 1)..].Trim().Trim('"', '\'') ?? throw new DistributedApplicationException($"DCP's kubeconfig has no '{key}'.");
        }

        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPem(Encoding.UTF8.GetString(Convert.FromBase64String(Value("certificate-authority-data"))));
        return new Kubeconfig(new Uri(Value("server")), Value("token"), authorities);
    }
}
