using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EmbedStack.Api.Http;

/// <summary>Entity tags of what several may change: they go by the contents, whoever changed them.</summary>
internal static class EntityTag
{
    private const string Any = "*";

    public static string Of(string contents) => $"\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(contents))[..16])}\"";

    /// <returns>The tags of an <c>If-Match</c> header.</returns>
    /// <exception cref="ProblemException">It names none: nobody changes what was not read.</exception>
    public static IReadOnlyCollection<string> Require(string? ifMatch) =>
        (ifMatch ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 } tags
            ? tags
            : throw new ProblemException(Problems.PreconditionRequired);

    /// <summary>The contents, with their tag.</summary>
    public static Ok<T> Answer<T>(HttpContext context, T contents, string tag)
    {
        context.Response.Headers.ETag = tag;
        return TypedResults.Ok(contents);
    }

    /// <exception cref="ProblemException">Somebody else has changed it since.</exception>
    public static void Check(string present, IReadOnlyCollection<string> expected)
    {
        if (!expected.Contains(present) && !expected.Contains(Any))
        {
            throw new ProblemException(Problems.PreconditionFailed);
        }
    }
}
