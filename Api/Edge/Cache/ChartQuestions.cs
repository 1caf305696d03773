using System.Runtime.InteropServices;
using System.Security.Cryptography;
using EmbedStack.Api.Http;
using Microsoft.Extensions.Caching.Memory;

namespace EmbedStack.Api.Edge.Cache;

/// <summary>
/// Reads questions, and knows those again that pages ask over and over: to hash a body costs a fraction of parsing, sorting
/// and writing it anew.
/// </summary>
internal sealed class ChartQuestions : IDisposable
{
    private const int LargestKnown = 64 * 1024;
    private const int Overhead = 512; // key, entry and what the cache itself needs
    private const long Bytes = 8 * 1024 * 1024;
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(10);
    private readonly MemoryCache _known = new(new MemoryCacheOptions { SizeLimit = Bytes });

    /// <exception cref="ProblemException">It is not what a page sends.</exception>
    public ChartQuestion Read(ReadOnlyMemory<byte> body)
    {
        if (body.Length > LargestKnown)
        {
            return ChartQuestion.Read(body);
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(body.Span, hash);
        var key = MemoryMarshal.Read<(UInt128, UInt128)>(hash);
        return _known.TryGetValue(key, out ChartQuestion? known)
            ? known!
            : Keep(key, ChartQuestion.Read(body));
    }

    public void Dispose() => _known.Dispose();

    // Exports and drills are not asked over and over.
    private ChartQuestion Keep((UInt128, UInt128) key, ChartQuestion question) => question.IsKept
        ? _known.Set(key, question, new MemoryCacheEntryOptions { Size = question.Body.Length + Overhead, SlidingExpiration = Idle })
        : question;
}
