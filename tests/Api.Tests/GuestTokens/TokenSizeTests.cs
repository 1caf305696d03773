using System.Net;
using EmbedStack.Api.Tests.Stack;

namespace EmbedStack.Api.Tests.GuestTokens;

/// <summary>Rules that do not fit into a header.</summary>
public sealed class LongRulesFixture(TestDatabases postgres) : ApiFixture(postgres)
{
    protected override string CatalogueText =>
        TestCatalogue.Yaml.Replace("tenant_id = {tenant}", $"tenant_id = {{tenant}} AND note <> '{new string('x', 6000)}'", StringComparison.Ordinal);

    protected override IEnumerable<KeyValuePair<string, string>> OwnSettings => [new("GuestTokens:Issuer", "signed")];
}

public sealed class TokenSizeTests(LongRulesFixture api) : IClassFixture<LongRulesFixture>
{
    [Fact]
    public async Task TokenOverTheSizeBudgetIsRefusedAndAudited()
    {
        var person = new TestPerson();
        using var browser = await api.SignInAsync(person);
        using var answer = await browser.MintAsync("clinic");
        await answer.AssertProblemAsync(HttpStatusCode.Conflict, "token-too-large");
        var row = Assert.Single(await api.Database.QueryAsync("select outcome, reason from audit.events where kind = 'mint' and person = audit.person($1)", person.Subject));
        Assert.Equal(("refused", "token-too-large"), (row["outcome"], row["reason"]));
    }
}
