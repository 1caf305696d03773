using EmbedStack.Api.Dashboards;
using EmbedStack.Api.GuestTokens;
using EmbedStack.Api.Tenancy;
using FsCheck;
using FsCheck.Fluent;

namespace EmbedStack.Api.Tests.GuestTokens;

/// <summary>Whatever stands for a tenant or a staff member: a rule keeps its meaning, or there is none.</summary>
public sealed class RowRuleProperties
{
    private const string Tenant = "TENANT";
    private const string Staff = "STAFF";

    private static readonly string[] Fragments =
    [
        "' OR 1=1 --", "'; DROP TABLE appointments --", "''", "'", "\"", "--", "/*", "*/", "\\", "\\'", "$$", "{tenant}", "{{ 1 }}", "%27", "\0", "\n", "\r\n",
        ")", "(", " ", "\u00a0", "\u02bc", "\u2019", "\uff07", "\u202e", "\ud83d\ude00", "\ud83d", "é", "e\u0301", "ａ", "北",
    ];

    private static readonly RowRuleSet Shipped = CatalogueFile.Read(ShippedCatalogueFixture.File).Rules;
    private static readonly string[] Datasets = ["appointments", "revenue", "staff_utilisation", "outcomes", "benchmarks", "network_daily"];
    private static readonly Config Runs = Config.QuickThrowOnFailure.WithMaxTest(1000);

    private static Gen<string> Plain => from letters in Gen.Elements("azAZ09_-".ToCharArray()).ArrayOf() select new string(letters);

    private static Gen<string> Spiked =>
        from before in Plain from fragment in Gen.Elements(Fragments) from after in Plain select before + fragment + after;

    private static Gen<string> Long =>
        from length in Gen.Elements(63, 64, 65, 255, 70_000) from letter in Gen.Elements('a', 'é', '\'') select new string(letter, length);

    private static Gen<string> Anything => ArbMap.Default.GeneratorFor<string?>().Select(text => text ?? "");

    private static Arbitrary<(string Tenant, string Staff)> Values
    {
        get
        {
            var value = Gen.OneOf(Plain, Spiked, Long, Anything);
            return (from tenant in value from staff in value select (tenant, staff)).ToArbitrary();
        }
    }

    [Fact]
    public void NoValueChangesTheMeaningOfARule() => Check.One(Runs, Prop.ForAll(Values, values => KeepsItsMeaning(values, Clause)));

    [Fact]
    public void OnlyValuesOfTheAllowListAreWritten() => Check.One(Runs, Prop.ForAll(Values, values =>
    {
        var allowed = IsPlain(values.Tenant) && IsPlain(values.Staff);
        return Clause("appointments", Person(Roles.Clinician, values.Tenant, values.Staff)) is not null == allowed;
    }));

    [Fact]
    public void RuleThatIsPutTogetherWithoutQuotingDoesNotPass() => Assert.ThrowsAny<Exception>(() => Check.One(
        Runs.WithQuietOnSuccess(true),
        Prop.ForAll(Values, values => KeepsItsMeaning(values, (_, person) => $"tenant_id = '{person.Tenant.Key}'"))));

    private static bool KeepsItsMeaning((string Tenant, string Staff) values, Func<string, Person, string?> clause) => Datasets
        .SelectMany(_ => Roles.All, (dataset, role) => (dataset, role))
        .All(rule =>
        {
            if (clause(rule.dataset, Person(rule.role, values.Tenant, values.Staff)) is not { } written)
            {
                return true;
            }

            var expected = SqlTokens.Of(clause(rule.dataset, Person(rule.role, Tenant, Staff))!)
                .Select(token => token switch { $"'{Tenant}" => $"'{values.Tenant}", $"'{Staff}" => $"'{values.Staff}", _ => token });
            return expected.SequenceEqual(SqlTokens.Of(written), StringComparer.Ordinal);
        });

    private static string? Clause(string dataset, Person person)
    {
        try
        {
            return Shipped.Clause(dataset, person);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static bool IsPlain(string value) =>
        value.Length is > 0 and <= 64 && value.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-');

    private static Person Person(string role, string tenant, string staff) => TestPersons.Of(role, tenant, staff);
}
