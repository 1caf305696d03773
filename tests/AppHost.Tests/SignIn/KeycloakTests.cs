using System.Net;
using EmbedStack.AppHost.Tests.Stack;

namespace EmbedStack.AppHost.Tests.SignIn;

public sealed class KeycloakTests(StackFixture stack)
{
    [Theory]
    [InlineData("admin-cli")]
    [InlineData("account")]
    public async Task PasswordGrantIsRefused(string client)
    {
        var person = Person.NorthsideAdministrator;
        using var keycloak = new HttpClient { BaseAddress = stack.Keycloak, Timeout = TimeSpan.FromSeconds(30) };
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "password",
            ["client_id"] = client,
            ["username"] = person.UserName,
            ["password"] = await stack.ParameterAsync(person.PasswordParameter),
        });

        using var answer = await keycloak.PostAsync("realms/embedstack/protocol/openid-connect/token", form, TestContext.Current.CancellationToken);

        Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.BadRequest, HttpStatusCode.Unauthorized });
    }
}
