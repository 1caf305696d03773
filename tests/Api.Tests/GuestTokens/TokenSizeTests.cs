using System.Net;
using EmbedStack.Api.Edge.Exchange;
using EmbedStack.Api.GuestTokens;
using EmbedStack.Api.Http;
using EmbedStack.Api.Tests.Stack;
using Microsoft.Extensions.Logging;

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
    private const string Clause = "tenant_id = 'northside'";

    [Theory]
    [InlineData(true, 4096, null)]
    [InlineData(true, 4097, LogLevel.Warning)]
    [InlineData(true, 7168, LogLevel.Warning)]
    [InlineData(true, 7169, LogLevel.Error)]
    [InlineData(false, 16384, null)]
    [InlineData(false, 16385, LogLevel.Warning)]
    [InlineData(false, 32768, LogLevel.Warning)]
    [InlineData(false, 32769, LogLevel.Error)]
    public void TokenThatNearsTheLimitIsWarnedOfWithoutItsContents(bool isDirect, int size, LogLevel? level)
    {
        var log = new Lines();
        var grant = new GuestTokenGrant(TestPersons.Of("admin"), [], [new RowRule("appointments", 7, Clause)]);
        var token = new string('x', size);
        var refused = Record.Exception(() => new TokenSize(new EdgeTokenSettings(isDirect), log).Check(token, grant));
        Assert.Equal(level == LogLevel.Error, refused is ProblemException { Problem.Slug: "token-too-large" });
        if (level is null)
        {
            Assert.Empty(log.All);
            return;
        }

        var (told, line) = Assert.Single(log.All);
        Assert.Equal(level, told);
        Assert.Contains($"{size} bytes", line, StringComparison.Ordinal);
        Assert.DoesNotContain(Clause, line, StringComparison.Ordinal);
        Assert.DoesNotContain("xxx", line, StringComparison.Ordinal);
    }

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

    private sealed class Lines : ILogger<TokenSize>
    {
        public List<(LogLevel Level, string Text)> All { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            All.Add((logLevel, formatter(state, exception)));
    }
}
