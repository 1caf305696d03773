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
    private static readonly JsonObject Api = Client("embedstack-api");
    private static readonly JsonObject Superset = Client("superset");

    [Fact]
    public void OrganizationsAreTheTenants()
    {
        var tenants = new Deserializer().Deserialize<List<Dictionary<string, string>>>(File.ReadAllText(Path.Combine(Repository, "ClinicData", "tenants.yaml")));

        Assert.Equal(
            tenants.Select(tenant => (tenant["key"], tenant["name"])).Order(),
            Realm["organizations"]!.AsArray().Select(organization => ((string)organization!["alias"]!, (string)organization["name"]!)).Order());
    }

    [Fact]
    public void EveryTenantHasItsHeadAndNamesSayWhoIsWho()
    {
        var users = DemoUser.Of(Realm).Where(user => user.Role != "author").ToList();
        var heads = users.Where(user => user.Role is "admin" or "network").Select(user => user.Tenant);

        Assert.Equal(Realm["organizations"]!.AsArray().Select(organization => (string)organization!["alias"]!).Order(), heads.Order());
        Assert.All(users, user => Assert.Matches($"^{user.Role}(-2)?@{user.Tenant}\\.example$", user.UserName));
        Assert.All(users, user => Assert.Matches(
            $"^{user.Tenant}-{user.Role}(-2)?-password$".Replace('-', '_').ToUpperInvariant(), user.PasswordPlaceholder));
    }

    [Fact]
    public void CliniciansAndNobodyElseAreSomebodyOfTheStaff()
    {
        var staff = Realm["users"]!.AsArray()
            .Where(user => user!["attributes"]?["staff_id"] is not null)
            .ToDictionary(user => (string)user!["username"]!, user => (string)user!["attributes"]!["staff_id"]!.AsArray().Single()!);

        Assert.Equal(DemoUser.Of(Realm).Where(user => user.Role == "clinician").Select(user => user.UserName).Order(), staff.Keys.Order());
        Assert.All(staff, pair => Assert.Matches($"^{pair.Key.Split('@')[1].Split('.')[0]}-[0-9]{{2}}$", pair.Value));
        Assert.Equal(staff.Count, staff.Values.Distinct().Count());
    }

    [Fact]
    public void AuthorsBelongToNoTenant()
    {
        var author = Assert.Single(DemoUser.Of(Realm), user => user.Role == "author");

        Assert.Equal(("-", "author@embedstack.example"), (author.Tenant, author.UserName));
        Assert.Equal(["author"], Realm["roles"]!["client"]!["superset"]!.AsArray().Select(role => (string)role!["name"]!));
    }

    [Fact]
    public async Task EveryPlaceholderHasAValueAndEveryValueAPlace()
    {
        var environment = await models.Native.EnvironmentOfAsync("keycloak");

        Assert.Subset(environment.Keys.ToHashSet(), Source.Placeholders().ToHashSet());
        Assert.Equal(
            Source.Placeholders().Order(),
            environment.Keys.Where(name => !name.StartsWith("KC_", StringComparison.Ordinal))
                .Where(name => name.EndsWith("_PASSWORD", StringComparison.Ordinal) || name.EndsWith("_ORIGIN", StringComparison.Ordinal) || name.EndsWith("_CLIENT_SECRET", StringComparison.Ordinal) || name == "MODEL_DIGEST")
                .Order());
    }

    [Fact]
    public void RedirectAddressesAreExact()
    {
        var addresses = Realm["clients"]!.AsArray().SelectMany(client => client!["redirectUris"]!.AsArray().Select(uri => (string)uri!)
            .Append((string?)client["attributes"]!["post.logout.redirect.uris"] ?? ""));

        Assert.All(addresses, address => Assert.DoesNotContain('*', address));
        Assert.Equal("${APP_ORIGIN}/bff/signin", (string)Assert.Single(Api["redirectUris"]!.AsArray())!);
        Assert.Equal("${AUTHORS_ORIGIN}/oauth-authorized/keycloak", (string)Assert.Single(Superset["redirectUris"]!.AsArray())!);
    }

    [Fact]
    public void NoWildcardStandsAnywhere() => Assert.DoesNotContain("*", File.ReadAllText(Source.Path));

    [Fact]
    public void PasswordsAndSecretsAreNotWritten()
    {
        var written = Realm["users"]!.AsArray().Select(user => (string?)user!["credentials"]?[0]!["value"]).OfType<string>()
            .Concat(Realm["clients"]!.AsArray().Select(client => (string?)client!["secret"]).OfType<string>())
            .ToList();

        Assert.True(written.Count > 5);
        Assert.Equal(written.Count, written.Distinct().Count());
        Assert.All(written, value => Assert.Matches(@"^\$\{[A-Z0-9_]+\}$", value));
    }

    [Fact]
    public void TheTenantsToolIsNobodyWhoSignsInAndMayNoMoreThanItsWork()
    {
        var client = Client("embedstack-tenants");
        string[] roles = ["manage-organizations", "manage-users"];

        Assert.True((bool)client["serviceAccountsEnabled"]!);
        Assert.All(["publicClient", "implicitFlowEnabled", "directAccessGrantsEnabled", "standardFlowEnabled", "fullScopeAllowed"], name => Assert.False((bool)client[name]!, name));
        var account = Realm["users"]!.AsArray().Single(user => (string?)user!["serviceAccountClientId"] == "embedstack-tenants")!;
        Assert.Equal(roles, account["clientRoles"]!["realm-management"]!.AsArray().Select(role => (string)role!));
        var scope = Assert.Single(Realm["clientScopeMappings"]!["realm-management"]!.AsArray())!;
        Assert.Equal(roles, scope["roles"]!.AsArray().Select(role => (string)role!));
    }

    // Who may look a client's roles up may read its secret too; a group's name is enough to make a clinic's administrator.
    [Fact]
    public void AGroupMakesAClinicsAdministrator()
    {
        var group = Assert.Single(Realm["groups"]!.AsArray())!;

        Assert.Equal("/clinic-administrators", (string)group["path"]!);
        Assert.Equal("admin", (string)Assert.Single(group["clientRoles"]!["embedstack-api"]!.AsArray())!);
    }

    // Keycloak makes this client in every realm, for passwords typed into a terminal.
    [Fact]
    public void KeycloaksOwnClientForPasswordsIsClosed()
    {
        var client = Client("admin-cli");

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

    [Theory]
    [InlineData("staff_id")]
    [InlineData("region")]
    [InlineData("department")]
    public void WhatKeycloakKnowsOfAPersonReachesTheTokenAsText(string name)
    {
        var config = Api["protocolMappers"]!.AsArray().Single(mapper => (string)mapper!["name"]! == name)!["config"]!.AsObject();
        Assert.Equal((name, name, "false", "true"), ((string)config["user.attribute"]!, (string)config["claim.name"]!, (string)config["multivalued"]!, (string)config["introspection.token.claim"]!));
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

    private static JsonObject Client(string clientId) => Realm["clients"]!.AsArray()
        .Single(client => (string)client!["clientId"]! == clientId)!.AsObject();

    private static JsonObject Mapper(string type) => Api["protocolMappers"]!.AsArray()
        .Single(mapper => (string)mapper!["protocolMapper"]! == type)!["config"]!.AsObject();
}
