using System.Text;
using EmbedStack.Api.Edge.Exchange;
using EmbedStack.Api.Http;

namespace EmbedStack.Api.GuestTokens;

/// <summary>
/// Tokens travel in a header, and many proxies and servers take 8 KB of those; where tokens are exchanged at the edge, it is
/// Superset alone that has to take them. Rules that grow that long belong into an entitlements table in the clinics'
/// database, joined by one short rule.
/// </summary>
internal sealed partial class TokenSize(EdgeTokenSettings edge, ILogger<TokenSize> logger)
{
    private readonly int _warning = edge.IsDirect ? 4 * 1024 : 16 * 1024;
    private readonly int _largest = edge.IsDirect ? 7 * 1024 : 32 * 1024;

    /// <exception cref="ProblemException">The token is too large to travel.</exception>
    public void Check(string token, GuestTokenGrant grant)
    {
        var size = Encoding.UTF8.GetByteCount(token);
        if (size > _largest)
        {
            LogTooLarge(size, _largest, grant.Person.DataIdentity, grant.Rules.Count);
            throw new ProblemException(Problems.TokenTooLarge);
        }

        if (size > _warning)
        {
            LogLarge(size, _largest, grant.Person.DataIdentity, grant.Rules.Count);
        }
    }

    [LoggerMessage(LogLevel.Warning, "A guest token of {Size} bytes nears the limit of {Limit}: {Identity}, {Rules} rules")]
    private partial void LogLarge(int size, int limit, string identity, int rules);

    [LoggerMessage(LogLevel.Error, "A guest token of {Size} bytes is over the limit of {Limit}: {Identity}, {Rules} rules; nothing was minted")]
    private partial void LogTooLarge(int size, int limit, string identity, int rules);
}
