using System.Text.RegularExpressions;

namespace EmbedStack.Api.Revocations.Admin;

/// <summary>What is to be refused: a person, session, browser's token, tenant or dashboard, or all.</summary>
/// <param name="Kind"><c>person</c>, <c>session</c>, <c>token</c>, <c>tenant</c>, <c>dashboard</c> or <c>all</c>.</param>
/// <param name="Value">
/// The person's subject at Keycloak, the session's id, the token's <c>jti</c>, the key; <c>*</c> or nothing for all. What
/// stands for a session in the tokens of another issuer (JWT embedding) is the SHA-256 of issuer, line feed and subject, in hexadecimal.
/// </param>
/// <param name="Issuer">For a token alone: whose it is, as its <c>iss</c> says, where it is another issuer's (JWT embedding).</param>
/// <param name="UntilLifted">
/// For tenants, dashboards and all: false ends the tokens that are out there, and new ones are minted. Otherwise, and
/// by default, nothing is minted until the revocation is lifted.
/// </param>
internal sealed partial record RevocationRequest(string? Kind, string? Value, bool? UntilLifted, string? Issuer = null)
{
    /// <returns>The request with its value in canonical form, or null where it is malformed.</returns>
    public RevocationRequest? Check() => Kind switch
    {
        RevocationKind.Token when Issuer is { Length: > 0 } issuer => Value is { Length: > 0 and <= RevocationSet.LongestTokenId } id && UntilLifted is not true
            ? this with { Value = RevocationSet.IssuersTokenValue(issuer, id) }
            : null,
        _ when Issuer is not null => null,
        RevocationKind.Person when Value is { } value && Subject().IsMatch(value) && UntilLifted is not false => this,
        RevocationKind.Session when Guid.TryParseExact(Value, "D", out var session) && UntilLifted is not true => this with { Value = RevocationSet.SessionValue(session) },
        RevocationKind.Session when Value is { } value && IssuersSession().IsMatch(value) && UntilLifted is not true => this,
        RevocationKind.Token when Guid.TryParseExact(Value, "D", out var token) && UntilLifted is not true => this with { Value = token.ToString("D") },
        RevocationKind.Tenant or RevocationKind.Dashboard when Value is { } value && Key().IsMatch(value) => this,
        RevocationKind.All when Value is null or RevocationKind.Everything => this with { Value = RevocationKind.Everything },
        _ => null,
    };

    /// <returns>The session here, or null for what stands for one in another issuer's tokens.</returns>
    public static Guid? SessionOf(string value) => Guid.TryParseExact(value, "D", out var session) ? session : null;

    public static bool IsKey(string text) => Key().IsMatch(text);

    [GeneratedRegex(@"\A[\x21-\x7e]{1,255}\z")]
    private static partial Regex Subject();

    [GeneratedRegex(@"\A[0-9a-f]{64}\z")]
    private static partial Regex IssuersSession();

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{1,64}\z")]
    private static partial Regex Key();
}
