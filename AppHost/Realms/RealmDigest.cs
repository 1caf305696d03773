using System.Security.Cryptography;
using System.Text;

namespace EmbedStack.AppHost.Realms;

/// <summary>One text for the realm's file and all its secrets: another one means that something of it changed.</summary>
internal sealed class RealmDigest(RealmFile source, RealmSecrets secrets) : IValueProvider
{
    public async ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(source.Text));
        foreach (var (placeholder, secret) in secrets.All.OrderBy(secret => secret.Key, StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"\n{placeholder}={await secret.Resource.GetValueAsync(cancellationToken)}"));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
