using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using EmbedStack.AppHost.Realms;

namespace EmbedStack.AppHost.ModelTests.Realms;

/// <summary>The model's persons follow it; somebody of the same name whom it did not make stays as they are.</summary>
public sealed class RealmPeopleOfOthers
{
    private const string Name = "admin@northside.example";

    [Theory]
    [InlineData("""{"provided_by": ["embedstack"]}""", true)]
    [InlineData("""{"provided_by": ["somebody"]}""", false)]
    [InlineData("""{"department": ["cardiology"]}""", false)]
    [InlineData("null", false)]
    public async Task OnlyAPersonOfTheModelGetsItsPasswordRolesAndOrganization(string attributes, bool isOurs)
    {
        using var keycloak = new StubKeycloak($$"""[{"id": "u1", "username": "{{Name}}", "attributes": {{attributes}}}]""");
        using var client = new KeycloakAdminClient(keycloak.Address, "password");
        var people = new RealmPeople(client, new RealmClients(client, "embedstack"), "embedstack");
        var organization = JsonNode.Parse($$"""{"alias": "northside", "members": [{"username": "{{Name}}"}]}""")!.AsObject();

        var followed = await people.FollowPersonAsync(Person(), isNew: true, TestContext.Current.CancellationToken);
        await people.FollowOrganizationAsync(organization, isNew: true, new HashSet<string> { Name }, TestContext.Current.CancellationToken);

        Assert.Equal(isOurs, followed);
        Assert.Equal(
            isOurs
                ? ["PUT users/u1/reset-password", "POST users/u1/role-mappings/clients/c1", "POST organizations/o1/members"]
                : Array.Empty<string>(),
            keycloak.Changes);
    }

    private static JsonObject Person() => JsonNode.Parse(
        $$"""
        {"username": "{{Name}}", "attributes": {"provided_by": ["embedstack"]}, "clientRoles": {"embedstack-api": ["admin"]},
         "credentials": [{"type": "password", "value": "p", "temporary": false}]}
        """)!.AsObject();

    /// <summary>Answers the few questions that are asked, and keeps what it was told to change.</summary>
    private sealed class StubKeycloak : IDisposable
    {
        private readonly HttpListener _listener = new();
        private readonly string _users;

        public StubKeycloak(string users)
        {
            _users = users;
            using (var free = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0))
            {
                free.Start();
                Address = new Uri($"http://localhost:{((IPEndPoint)free.LocalEndpoint).Port}");
            }

            _listener.Prefixes.Add(Address.ToString());
            _listener.Start();
            _ = AnswerAsync();
        }

        public Uri Address { get; }

        public List<string> Changes { get; } = [];

        public void Dispose() => _listener.Close();

        private async Task AnswerAsync()
        {
            while (_listener.IsListening)
            {
                var context = await _listener.GetContextAsync();
                var path = context.Request.Url!.AbsolutePath.Replace("/admin/realms/embedstack/", "", StringComparison.Ordinal);
                var isToken = path.EndsWith("/token", StringComparison.Ordinal);
                if (context.Request.HttpMethod != "GET" && !isToken)
                {
                    Changes.Add($"{context.Request.HttpMethod} {path}");
                }

                var answer = path switch
                {
                    "users" => _users,
                    "clients" => """[{"id": "c1"}]""",
                    "organizations" => """[{"id": "o1", "alias": "northside"}]""",
                    _ => isToken ? """{"access_token": "t"}""" : """{"id": "r1", "name": "admin"}""",
                };
                context.Response.ContentType = "application/json";
                context.Response.Close(Encoding.UTF8.GetBytes(answer), willBlock: false);
            }
        }
    }
}
