using EmbedStack.Api.Dashboards;
using EmbedStack.Api.GuestTokens;

namespace EmbedStack.Api.Tests.GuestTokens;

public sealed class RowRuleTests
{
    private static readonly RowTerm Own = RowTerm.Parse("own", "tenant_id = {tenant}");

    private static readonly Catalogue Catalogue = new(
        [], new Dictionary<string, int> { ["appointments"] = 7, ["salaries"] = 8 }, [],
        new RowRuleSet(new Dictionary<string, RowTerm> { ["own"] = Own }, [("appointments", "admin", ["own"]), ("unpublished", "admin", ["own"])]));

    [Fact]
    public void EachDatasetHasOneRule()
    {
        var rule = Assert.Single(RowRules.For(TestPersons.Of("admin"), ["appointments", "appointments"], Catalogue)!);
        Assert.Equal(new RowRule("appointments", 7, "tenant_id = 'northside'"), rule);
    }

    [Fact]
    public void NothingIsSeenWithoutARule()
    {
        Assert.Null(RowRules.For(TestPersons.Of("network"), ["appointments"], Catalogue));
        Assert.Null(RowRules.For(TestPersons.Of("admin"), ["appointments", "salaries"], Catalogue));
        Assert.Null(RowRules.For(TestPersons.Of("admin"), ["unpublished"], Catalogue));
        Assert.Null(RowRules.For(TestPersons.Of("admin"), [], Catalogue));
    }

    [Theory]
    [InlineData("department")]
    [InlineData("region")]
    [InlineData("cost_center")]
    public void TermOfWhatOnlyAnotherIssuerSaysClosesTheDatasetToThoseWhoSignIn(string name)
    {
        var terms = new Dictionary<string, RowTerm> { ["own"] = Own, ["narrower"] = RowTerm.Parse("narrower", $"{name} = {{{name}}}") };

        Assert.Null(new RowRuleSet(terms, [("appointments", "admin", ["own", "narrower"])]).Clause("appointments", TestPersons.Of("admin")));
        Assert.NotNull(new RowRuleSet(terms, [("appointments", "admin", ["own"])]).Clause("appointments", TestPersons.Of("admin")));
    }

    [Theory]
    [InlineData("' OR 1=1 --")]
    [InlineData("a'b")]
    [InlineData("a)")]
    [InlineData("a b")]
    [InlineData("a;b")]
    [InlineData("a\\")]
    [InlineData("{{ 1 }}")]
    [InlineData("/*")]
    [InlineData("ａ")]
    [InlineData("a\u2019")]
    [InlineData("a\n")]
    [InlineData("a\0")]
    [InlineData("")]
    public void ValueThatCouldEndALiteralIsRefused(string value)
    {
        Assert.False(RuleValue.IsAllowed(value));
        Assert.Throws<ArgumentException>(() => RuleValue.Quote(value));
    }

    [Fact]
    public void ValueIsAtMost64CharactersLong()
    {
        Assert.Equal($"'{new string('a', 64)}'", RuleValue.Quote(new string('a', 64)));
        Assert.False(RuleValue.IsAllowed(new string('a', 65)));
    }

    [Fact]
    public void DigestDoesNotDependOnTheRulesOrder()
    {
        RowRule first = new("a", 10, "x = '1'"), second = new("b", 9, "y = '2'");
        Assert.Equal(RulesDigest.Of([first, second]), RulesDigest.Of([second, first]));
        // printf "10\tx = '1'\n9\ty = '2'\n" | sha256sum
        Assert.Equal("16f73c57e9cd99a58045f362429b95573dea77445cbc8144f19d647d7853f2aa", RulesDigest.Of([first, second]));
    }
}
