using System.Text;
using EmbedStack.Api.Http;

namespace EmbedStack.Api.GuestTokens;

/// <summary>
/// Tokens travel in a header, and many proxies and servers take 8 KB of those. Rules that grow that long belong into an
/// entitlements table in the clinics' database, joined by one short rule.
/// </summary>
internal sealed partial class TokenSize(ILogger<TokenSize> logger)
{
    private const int Warning = 4 * 1024;
    private const int Largest = 7 * 1024;

    /// <exception cref="ProblemException">The token is too large to travel.</exception>
    public void Check(string token, GuestTokenGrant grant)
    {
        var size = Encoding.UTF8.GetByteCount(token);
        if (size > Largest)
        {
            LogTooLarge(size, Largest, grant.Person.DataIdentity, grant.Rules.Count);
            throw new ProblemException(Problems.TokenTooLarge);
        }

        if (size > Warning)
        {
            LogLarge(size, Largest, grant.Person.DataIdentity, grant.Rules.Count);
        }
    }

    [LoggerMessage(LogLevel.Warning, "A guest token of {Size} bytes nears the limit of {Limit}: {Identity}, {Rules} rules")]
    private partial void LogLarge(int size, int limit, string identity, int rules);

    [LoggerMessage(LogLevel.Error, "A guest token of {Size} bytes is over the limit of {Limit}: {Identity}, {Rules} rules; nothing was minted")]
    private partial void LogTooLarge(int size, int limit, string identity, int rules);
}
