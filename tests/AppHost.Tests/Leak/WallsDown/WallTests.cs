using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using EmbedStack.AppHost.Tests.Leak.Asking;
using EmbedStack.AppHost.Tests.Leak.Attacks;
using EmbedStack.AppHost.Tests.Leak.Others;
using EmbedStack.AppHost.Tests.Leak.Questions;
using EmbedStack.AppHost.Tests.Leak.Stored;
using EmbedStack.AppHost.Tests.Stack;

namespace EmbedStack.AppHost.Tests.Leak.WallsDown;

/// <summary>
/// Rules and policies taken down in turn, on a copy of the database: each holds without the other, and with both down
/// the suite sees other clinics' cells. Tokens are signed with the Api's own key: the walls before these are down.
/// </summary>
public sealed class WallTests(StackFixture stack)
{
    private static readonly Person Person = Person.NorthsideAdministrator;

    [Fact]
    public async Task RulesAndPoliciesHoldWithoutEachOtherAndTheSuiteFailsWithoutBoth()
    {
        await using var clinics = await CopiedClinics.MakeAsync(stack);

        Assert.Empty(await ForeignAsync(rules: true));
        Assert.Null(await DifferenceAsync(rules: true));
        Assert.Empty(await ForeignAsync(rules: false));
        Assert.Null(await DifferenceAsync(rules: false));

        await clinics.DropPoliciesAsync();

        Assert.Empty(await ForeignAsync(rules: true));
        Assert.Null(await DifferenceAsync(rules: true));
        Assert.NotEmpty(await ForeignAsync(rules: false));
        Assert.NotNull(await DifferenceAsync(rules: false));
    }

    private async Task<IReadOnlyList<string>> ForeignAsync(bool rules) => (await OthersCells.OfAsync(stack, Person)).In(await AskAsync(await QuestionAsync(), rules));

    private async Task<string?> DifferenceAsync(bool rules)
    {
        var question = await QuestionAsync();
        return await question.DifferenceAsync(stack, Person, await AskAsync(question, rules));
    }

    private async Task<QueryQuestion> QuestionAsync()
    {
        var stored = await StoredDashboards.ReadAsync(stack);
        var chart = stored.ChartsOf("appointments").First(chart => chart.Dataset == "appointments");
        return new QueryQuestion(QuestionKind.DrillBy, chart.Name, chart.Dashboard, stored.Datasets[chart.Dataset], force => DrillBy.Request(chart, "staff_name", force));
    }

    private async Task<Answer> AskAsync(QueryQuestion question, bool rules)
    {
        var answer = await question.AskAsync(new Guest(stack, await TokenAsync(rules)), force: true);
        Assert.True(answer.IsOk, answer.ToString());
        return answer;
    }

    // A token of the Api's own making, but for the store and, where the rules are down, for them.
    private async Task<string> TokenAsync(bool rules)
    {
        var token = await (await stack.Sessions.OfAsync(Person)).TokenAsync("appointments", TestContext.Current.CancellationToken);
        var payload = GuestTokenForger.Payload(token);
        var assertion = GuestTokenForger.Payload(GuestTokenForger.Assertion(token));
        assertion["store"] = new JsonObject { ["kind"] = "database", ["database"] = CopiedClinics.Database, ["schema"] = "clinic" };
        if (!rules)
        {
            foreach (var rule in payload["rls_rules"]!.AsArray())
            {
                rule!["clause"] = "1 = 1";
            }

            assertion["rules_sha256"] = Digest(payload["rls_rules"]!.AsArray());
        }

        payload["user"]!["last_name"] = GuestTokenForger.Signed(assertion, await stack.ParameterAsync("assertion-key"));
        return GuestTokenForger.Signed(payload, await stack.ParameterAsync("guest-token-secret"));
    }

    private static string Digest(JsonArray rules) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(rules.Select(rule => $"{rule!["dataset"]}\t{rule["clause"]}\n").Order(StringComparer.Ordinal)))));
}
