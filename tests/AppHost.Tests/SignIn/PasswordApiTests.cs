using System.Net;
using System.Net.Http.Json;
using EmbedStack.AppHost.Tests.Stack;
using EmbedStack.AppHost.Tests.Tenancy;

namespace EmbedStack.AppHost.Tests.SignIn;

/// <summary>Superset's password API, asked from inside: with the header that only the Api and its kind have.</summary>
public sealed class PasswordApiTests(StackFixture stack)
{
    private const string ServiceAccount = "embedstack-api";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("db")]
    [InlineData("ldap")]
    public async Task OnlyTheServiceAccountHasAPassword(string provider)
    {
        var service = await stack.ParameterAsync("service-account-password");
        Assert.Equal(provider == "db" ? HttpStatusCode.OK : HttpStatusCode.Unauthorized, await LogInAsync(ServiceAccount, service, provider));

        var accounts = await Superuser.ScalarAsync<string[]>(stack, "superset-db", "select coalesce(array_agg(username::text), '{}') from ab_user where username <> $1", ServiceAccount);
        foreach (var account in accounts.Append("admin").Append("author@embedstack.example"))
        {
            foreach (var password in (string[])[service, await stack.ParameterAsync("author-password"), "admin", "general", account])
            {
                var status = await LogInAsync(account, password, provider);
                Assert.True(status is HttpStatusCode.Unauthorized or HttpStatusCode.BadRequest, $"{account} was answered {(int)status}.");
            }
        }
    }

    [Fact]
    public async Task WithoutTheHeaderNobodyIsThere()
    {
        Assert.Equal(HttpStatusCode.NotFound, await LogInAsync(ServiceAccount, await stack.ParameterAsync("service-account-password"), "db", ingress: ""));
        Assert.Equal(HttpStatusCode.NotFound, await LogInAsync(ServiceAccount, await stack.ParameterAsync("service-account-password"), "db", ingress: "guessed"));
    }

    private async Task<HttpStatusCode> LogInAsync(string account, string password, string provider, string? ingress = null)
    {
        using var client = new HttpClient { BaseAddress = stack.Superset, Timeout = TimeSpan.FromSeconds(60) };
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/v1/security/login")
        {
            Content = JsonContent.Create(new { username = account, password, provider, refresh = true }),
        };
        request.Headers.Add("X-Superset-Ingress", ingress ?? await stack.ParameterAsync("superset-ingress-secret"));
        using var answer = await client.SendAsync(request, Cancellation);
        return answer.StatusCode;
    }
}
