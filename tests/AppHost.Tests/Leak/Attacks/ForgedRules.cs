using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using EmbedStack.AppHost.Tests.Stack;

namespace EmbedStack.AppHost.Tests.Leak.Attacks;

/// <summary>Guest tokens of somebody who holds both keys, Superset's and the Api's: all but rules and policies is down.</summary>
internal static class ForgedRules
{
    public const string Everything = "1 = 1";

    /// <summary>A token that is as the Api made it, but for its rules and, where one is given, its dashboard.</summary>
    /// <param name="stack">The stack.</param>
    /// <param name="token">Superset's own token.</param>
    /// <param name="rules">Conditions by the dataset's number in this installation.</param>
    /// <param name="dashboard">UUID of another dashboard's embedding.</param>
    public static async Task<string> InAsync(StackFixture stack, string token, IEnumerable<(int Dataset, string Clause)> rules, string? dashboard = null)
    {
        var (payload, assertion) = (GuestTokenForger.Payload(token), GuestTokenForger.Payload(GuestTokenForger.Assertion(token)));
        var list = rules.ToArray();
        payload["rls_rules"] = new JsonArray([.. list.Select(rule => new JsonObject { ["dataset"] = rule.Dataset, ["clause"] = rule.Clause })]);
        assertion["rules_sha256"] = Digest(list);
        if (dashboard is not null)
        {
            payload["resources"] = new JsonArray(new JsonObject { ["type"] = "dashboard", ["id"] = dashboard });
            assertion["dashboards"] = new JsonArray(dashboard);
        }

        payload["user"]!["last_name"] = GuestTokenForger.Signed(assertion, await stack.ParameterAsync("assertion-key"));
        return GuestTokenForger.Signed(payload, await stack.ParameterAsync("guest-token-secret"));
    }

    /// <summary>The token's own rules, without any condition.</summary>
    public static Task<string> DownInAsync(StackFixture stack, string token) =>
        InAsync(stack, token, GuestTokenForger.Payload(token)["rls_rules"]!.AsArray().Select(rule => ((int)rule!["dataset"]!, Everything)));

    private static string Digest(IEnumerable<(int Dataset, string Clause)> rules) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(rules.Select(rule => $"{rule.Dataset}\t{rule.Clause}\n").Order(StringComparer.Ordinal)))));
}
