using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace EmbedStack.Api.Edge.Cache;

/// <summary>
/// Where an answer is kept: the tenant, of whose share it is, and SHA-256 over everything that can change it, each part with its length, so that no two lists of
/// parts are the same bytes.
/// </summary>
internal readonly record struct CacheKey(string Text, string Tenant = "")
{
    private const string Form = "edge-1";

    public static CacheKey Of(CacheScope scope, ReadOnlySpan<byte> question)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in (ReadOnlySpan<string>)[Form, scope.Route, scope.Dashboard, scope.DataIdentity, scope.Tier, scope.Locale, scope.Day, scope.Version])
        {
            Add(hash, Encoding.UTF8.GetBytes(part));
        }

        Add(hash, question);
        return new CacheKey($"edge:{scope.Tenant}:{Base64Url.EncodeToString(hash.GetHashAndReset())}", scope.Tenant);
    }

    public override string ToString() => Text;

    private static void Add(IncrementalHash hash, ReadOnlySpan<byte> part)
    {
        hash.AppendData(BitConverter.GetBytes(part.Length));
        hash.AppendData(part);
    }
}
