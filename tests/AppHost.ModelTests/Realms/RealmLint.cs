using System.Text.Json.Nodes;
using EmbedStack.AppHost.Realms;
using YamlDotNet.Serialization;

namespace EmbedStack.AppHost.ModelTests.Realms;

/// <summary>The realm that is imported is as strict as it has to be.</summary>
public sealed class RealmLint(Models models)
{
    private static readonly string Repository = Path.GetFullPath("..", Projects.AppHost.ProjectPath);
    private static readonly RealmFile Source = new(Path.Combine(Projects.AppHost.ProjectPath, KeycloakRealm.File));
    private static readonly JsonObject Realm = Source.Read();
    private static readonly JsonObject Api = Realm["clients"]!.AsArray().Single(client => (string)client!["clientId"]! == "embedstack-api")!.AsObject();

    [Fact]
    public void OrganizationsAreTheTenants()
    {
        var tenants = new Deserializer().Deserialize<List<Dictionary<string, string>>>(File.ReadAllText(Path.Combine(Repository, "ClinicData", "tenants.yaml")));

        Assert.Equal(
            tenants.Where(tenant => tenant["kind"] == "clinic").Select(tenant => (tenant["key"], tenant["name"])).Order(),
            Realm["organizations"]!.AsArray().Select(organization => ((string)organization!["alias"]!, (string)organization["name"]!)).Order());
    }

    [Fact]
    public void EachClinicHasOneAdministrator()
    {
        var users = DemoUser.Of(Realm).ToList();

        Assert.Equal(Realm["organizations"]!.AsArray().Select(organization => (string)organization!["alias"]!).Order(), users.Select(user => user.Tenant).Order());
        Assert.All(users, user => Assert.Equal(("admin", $"admin@{user.Tenant}.example"), (user.Role, user.UserName)));
    }

    [Fact]
    public async Task EveryPlaceholderHasAValueAndEveryValueAPlace()
    {
        var environment = await models.Native.EnvironmentOfAsync("keycloak");

        Assert.Subset(environment.Keys.ToHashSet(), Source.Placeholders().ToHashSet());
        Assert.Equal(
            Source.Placeholders().Order(),
            environment.Keys.Where(name => name.EndsWith("_ADMIN_PASSWORD", StringComparison.Ordinal) || name is "APP_ORIGIN" or "API_CLIENT_SECRET")
                .Except(["KC_BOOTSTRAP_ADMIN_PASSWORD"])
                .Order());
    }

    [Fact]
    public void RedirectAddressesAreExact()
    {
        var addresses = Realm["clients"]!.AsArray().SelectMany(client => client!["redirectUris"]!.AsArray().Select(uri => (string)uri!)
            .Append((string?)client["attributes"]!["post.logout.redirect.uris"] ?? ""));

        Assert.All(addresses, address => Assert.DoesNotContain('*', address));
        Assert.Equal("${APP_ORIGIN}/bff/signin", (string)Assert.Single(Api["redirectUris"]!.AsArray())!);
    }

    [Fact]
    public void NoWildcardStandsAnywhere() => Assert.DoesNotContain("*", File.ReadAllText(Source.Path));

    [Fact]
    public void PasswordsAndSecretsAreNotWritten()
    {
        var written = Realm["users"]!.AsArray().Select(user => (string)user!["credentials"]![0]!["value"]!).Append((string)Api["secret"]!);

        Assert.All(written, value => Assert.Matches(@"^\$\{[A-Z_]+\}$", value));
    }

    [Fact]
    public void TheApisClientTakesCodeWithPkceAlone()
    {
        Assert.Equal("S256", (string)Api["attributes"]!["pkce.code.challenge.method"]!);
        Assert.True((bool)Api["standardFlowEnabled"]!);
        Assert.All(["publicClient", "implicitFlowEnabled", "directAccessGrantsEnabled", "serviceAccountsEnabled", "fullScopeAllowed"], name => Assert.False((bool)Api[name]!, name));
    }

    // Keycloak makes this client in every realm, for passwords typed into a terminal.
    [Fact]
    public void KeycloaksOwnClientForPasswordsIsClosed()
    {
        var client = Realm["clients"]!.AsArray().Single(client => (string)client!["clientId"]! == "admin-cli")!;

        Assert.False((bool)client["enabled"]!);
        Assert.False((bool)client["directAccessGrantsEnabled"]!);
    }

    [Fact]
    public void RolesAreTheProductsAndReachTheTokenAsAnArray()
    {
        Assert.Equal(
            ["admin", "clinician", "network", "staff"],
            Realm["roles"]!["client"]!["embedstack-api"]!.AsArray().Select(role => (string)role!["name"]!).Order());

        var config = Mapper("oidc-usermodel-client-role-mapper");
        Assert.Equal(("role", "true", "true"), ((string)config["claim.name"]!, (string)config["multivalued"]!, (string)config["introspection.token.claim"]!));
    }

    [Fact]
    public void TheApiIsAnAudienceOfItsOwnTokens() =>
        Assert.Equal("embedstack-api", (string)Mapper("oidc-audience-mapper")["included.client.audience"]!);

    // All memberships have to be asked for, by scope; a realm with client scopes of its own would lose Keycloak's.
    [Fact]
    public void TheOrganizationIsAskedForByKeycloaksOwnScope()
    {
        Assert.Equal("organization", (string)Assert.Single(Api["optionalClientScopes"]!.AsArray())!);
        Assert.False(Realm.ContainsKey("clientScopes"));
    }

    [Fact]
    public void GuessingIsSlowAndTokensAreShort()
    {
        Assert.True((bool)Realm["bruteForceProtected"]!);
        Assert.Contains("length(14)", (string)Realm["passwordPolicy"]!);
        Assert.InRange((int)Realm["accessTokenLifespan"]!, 60, 300);
        Assert.True((bool)Realm["revokeRefreshToken"]!);
        Assert.Equal(0, (int)Realm["refreshTokenMaxReuse"]!);
        Assert.True((bool)Realm["eventsEnabled"]!);
        Assert.True((bool)Realm["adminEventsEnabled"]!);
        Assert.False((bool)Realm["registrationAllowed"]!);
    }

    private static JsonObject Mapper(string type) => Api["protocolMappers"]!.AsArray()
        .Single(mapper => (string)mapper!["protocolMapper"]! == type)!["config"]!.AsObject();
}
