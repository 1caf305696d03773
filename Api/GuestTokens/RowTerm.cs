using System.Text.RegularExpressions;
using EmbedStack.Api.Tenancy;

namespace EmbedStack.Api.GuestTokens;

/// <summary>A condition of the catalogue: SQL in which a person's values stand only as typed placeholders.</summary>
internal sealed partial class RowTerm
{
    private const string Tenant = "{tenant}";
    private const string Staff = "{staff}";
    private readonly string _sql;

    private RowTerm(string sql) => _sql = sql;

    /// <summary>Whether it speaks of a staff member: only clinicians are one.</summary>
    public bool NamesStaff => _sql.Contains(Staff, StringComparison.Ordinal);

    /// <exception cref="InvalidDataException">The term could change its meaning with a value, or beside other terms.</exception>
    public static RowTerm Parse(string name, string sql)
    {
        var bare = Placeholder().Replace(Literal().Replace(sql, match => match.Value.Contains('{', StringComparison.Ordinal) ? "{" : "0"), "0");
        var skeleton = bare;
        for (string before; (before = skeleton) != (skeleton = Group().Replace(skeleton, "0"));)
        {
        }

        return string.IsNullOrWhiteSpace(sql) ? throw Wrong("is empty")
            : bare.AsSpan().ContainsAny('{', '}') ? throw Wrong("has an unknown placeholder, or one in quotes")
            : Unsafe().IsMatch(bare) || skeleton.AsSpan().ContainsAny('(', ')') ? throw Wrong("is not one plain condition")
            : Or().IsMatch(skeleton) ? throw Wrong("needs parentheses around its OR")
            : new RowTerm(sql);

        InvalidDataException Wrong(string cause) => new($"row term '{name}' {cause}.");
    }

    /// <summary>
    /// Whether it can be held against a person: what speaks of attributes that only another issuer's token says of somebody
    /// is closed to whoever signs in here, and to those whose token is silent about them.
    /// </summary>
    public bool IsFor(Person person) => Attribute().Matches(_sql).All(match => person.IsIssuers && person.Attributes.ContainsKey(Name(match)));

    /// <summary>The condition for this person.</summary>
    public string Render(Person person) => Placeholder().Replace(
        _sql, match => RuleValue.Quote(match.Value switch
        {
            Tenant => person.Tenant.Key,
            Staff => person.StaffId ?? "",
            _ => person.Attributes[Name(match)],
        }));

    private static string Name(Match match) => match.Value[1..^1];

    [GeneratedRegex("'[^'\\\\]*'")]
    private static partial Regex Literal();

    [GeneratedRegex(@"\{(?:tenant|staff|department|region|cost_center)\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"\{(?:department|region|cost_center)\}")]
    private static partial Regex Attribute();

    [GeneratedRegex(@"\([^()]*\)")]
    private static partial Regex Group();

    // Comments, and what a plain condition has none of once its literals are gone.
    [GeneratedRegex(@"--|/\*|\*/|['""\\;$]|[^\x20-\x7e]")]
    private static partial Regex Unsafe();

    [GeneratedRegex(@"\bOR\b", RegexOptions.IgnoreCase)]
    private static partial Regex Or();
}
