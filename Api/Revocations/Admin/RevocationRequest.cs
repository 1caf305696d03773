using System.Text.RegularExpressions;

namespace EmbedStack.Api.Revocations.Admin;

/// <summary>What is to be refused: a person, session, tenant or dashboard, or all.</summary>
/// <param name="Kind"><c>person</c>, <c>session</c>, <c>tenant</c>, <c>dashboard</c> or <c>all</c>.</param>
/// <param name="Value">The person's subject at Keycloak, the session's id, the key; <c>*</c> or nothing for all.</param>
/// <param name="UntilLifted">
/// For tenants, dashboards and all: false ends the tokens that are out there, and new ones are minted. Otherwise, and
/// by default, nothing is minted until the revocation is lifted.
/// </param>
internal sealed partial record RevocationRequest(string? Kind, string? Value, bool? UntilLifted)
{
    /// <returns>The request with its value in canonical form, or null where it is malformed.</returns>
    public RevocationRequest? Check() => Kind switch
    {
        RevocationKind.Person when Value is { } value && Subject().IsMatch(value) && UntilLifted is not false => this,
        RevocationKind.Session when Guid.TryParseExact(Value, "D", out var session) && UntilLifted is not true => this with { Value = RevocationSet.SessionValue(session) },
        RevocationKind.Tenant or RevocationKind.Dashboard when Value is { } value && Key().IsMatch(value) => this,
        RevocationKind.All when Value is null or RevocationKind.Everything => this with { Value = RevocationKind.Everything },
        _ => null,
    };

    public static bool IsKey(string text) => Key().IsMatch(text);

    [GeneratedRegex(@"\A[\x21-\x7e]{1,255}\z")]
    private static partial Regex Subject();

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{1,64}\z")]
    private static partial Regex Key();
}
