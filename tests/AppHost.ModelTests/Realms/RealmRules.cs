using System.Text.Json.Nodes;

namespace EmbedStack.AppHost.ModelTests.Realms;

/// <summary>What a realm's file must hold, and for each rule what breaks it: a rule that cannot fail guards nothing.</summary>
internal static class RealmRules
{
    private const string ProductClient = "embedstack-api";
    private static readonly string[] ProductRoles = ["admin", "clinician", "network", "staff"];
    private static readonly string[] AdministratorsOnly = ["username", "email", "staff_id", "region", "department", "tenant", "provided_by"];

    public static IReadOnlyDictionary<string, Rule> All { get; } = new Dictionary<string, Rule>
    {
        ["four roles"] = new(
            realm => Roles(realm).SequenceEqual(ProductRoles),
            realm => realm["roles"]!["client"]![ProductClient]!.AsArray().Add(new JsonObject { ["name"] = "superuser" })),
        ["organizations, all on"] = new(
            realm => Array(realm, "organizations") is { Count: > 2 } all && all.All(one => (bool)one["enabled"]!),
            realm => realm["organizations"]![0]!["enabled"] = false),
        ["exact addresses, no wildcard"] = new(
            realm => Clients(realm).SelectMany(Addresses).All(address => !address.Contains('*') && !address.Contains('+') && !address.StartsWith('/')),
            realm => Client(realm, ProductClient)["redirectUris"]![0] = "${APP_ORIGIN}/*"),
        ["no origin may read answers across sites"] = new(
            realm => Clients(realm).All(client => client["webOrigins"]!.AsArray().Count == 0),
            realm => Client(realm, ProductClient)["webOrigins"]!.AsArray().Add("+")),
        ["code with PKCE S256"] = new(
            realm => Clients(realm).Where(client => Is(client, "standardFlowEnabled")).All(client => (string?)client["attributes"]!["pkce.code.challenge.method"] == "S256"),
            realm => Client(realm, "superset")["attributes"]!["pkce.code.challenge.method"] = "plain"),
        ["no password grant"] = NoClient("directAccessGrantsEnabled"),
        ["no implicit flow"] = NoClient("implicitFlowEnabled"),
        ["no client of all roles"] = NoClient("fullScopeAllowed"),
        ["no client without a secret"] = new(
            realm => Clients(realm).Where(client => Is(client, "enabled")).All(client => !Is(client, "publicClient") && ((string?)client["secret"])?.StartsWith("${", StringComparison.Ordinal) == true),
            realm => Client(realm, "superset")["publicClient"] = true),
        ["guessing is slow"] = new(
            realm => Is(realm, "bruteForceProtected") && (int)realm["failureFactor"]! <= 10 && (int)realm["maxFailureWaitSeconds"]! >= 300,
            realm => realm["failureFactor"] = 100),
        ["a password policy"] = new(
            realm => PasswordPolicy.Of(realm) is { Length: >= 12, ForbidsNames: true },
            realm => realm["passwordPolicy"] = "length(8)"),
        ["short access tokens"] = new(
            realm => (int)realm["accessTokenLifespan"]! is >= 60 and <= 300,
            realm => realm["accessTokenLifespan"] = 3600),
        ["a refresh token counts once"] = new(
            realm => Is(realm, "revokeRefreshToken") && (int)realm["refreshTokenMaxReuse"]! == 0,
            realm => realm["refreshTokenMaxReuse"] = 1),
        ["sessions end"] = new(
            realm => (int)realm["ssoSessionIdleTimeout"]! <= 1800 && (int)realm["ssoSessionMaxLifespan"]! <= 28_800 && !Is(realm, "rememberMe"),
            realm => realm["rememberMe"] = true),
        ["events are kept"] = new(
            realm => Is(realm, "eventsEnabled") && (int)realm["eventsExpiration"]! >= 2_592_000,
            realm => realm["eventsEnabled"] = false),
        ["administrators' events are kept"] = new(
            realm => Is(realm, "adminEventsEnabled"),
            realm => realm.Remove("adminEventsEnabled")),
        ["nobody registers"] = new(
            realm => !Is(realm, "registrationAllowed") && !Is(realm, "resetPasswordAllowed") && !Is(realm, "editUsernameAllowed"),
            realm => realm["registrationAllowed"] = true),
        ["what decides is administrators' to set"] = new(
            realm => AdministratorsOnly.All(name => Editors(realm, name).SequenceEqual(["admin"])),
            realm => Profile(realm, profile => Attribute(profile, "staff_id")["permissions"]!["edit"]!.AsArray().Add("user"))),
        ["no attributes beside the profile's"] = new(
            realm => !Profile(realm).ContainsKey("unmanagedAttributePolicy"),
            realm => Profile(realm, profile => profile["unmanagedAttributePolicy"] = "ENABLED")),
        ["Keycloak's own scopes stay"] = new(
            realm => !realm.ContainsKey("clientScopes"),
            realm => realm["clientScopes"] = new JsonArray()),
        ["Keycloak says when a session ends"] = new(
            realm => (string?)Client(realm, ProductClient)["attributes"]!["backchannel.logout.url"] == "${API_ORIGIN}/bff/backchannel-logout"
                && (string?)Client(realm, ProductClient)["attributes"]!["backchannel.logout.session.required"] == "true",
            realm => Client(realm, ProductClient)["attributes"]!.AsObject().Remove("backchannel.logout.url")),
        ["a machine has one tenant, one role and the Api as its audience"] = new(
            realm => Machines(realm).ToList() is { Count: > 0 } machines && machines.All(machine => IsBound(realm, machine)),
            realm => Client(realm, "northside-integration")["optionalClientScopes"]!.AsArray().Add("organization")),
        ["persons are marked as the model's"] = new(
            realm => Array(realm, "users").Where(user => user["credentials"] is not null).All(user => (string?)user["attributes"]?["provided_by"]?[0] == "embedstack"),
            realm => realm["users"]![0]!["attributes"]!.AsObject().Remove("provided_by")),
    };

    private static Rule NoClient(string setting) => new(
        realm => Clients(realm).All(client => client[setting] is not null && !Is(client, setting)),
        realm => Client(realm, ProductClient)[setting] = true);

    private static bool IsBound(JsonObject realm, JsonObject machine)
    {
        var mappers = machine["protocolMappers"]!.AsArray().Select(mapper => ((string)mapper!["protocolMapper"]!, Config: mapper["config"]!)).ToList();
        var tenants = mappers.Where(mapper => (string?)mapper.Config["claim.name"] == "tenant").ToList();
        var account = Array(realm, "users").Single(user => (string?)user["serviceAccountClientId"] == (string)machine["clientId"]!);
        return tenants is [("oidc-hardcoded-claim-mapper", var tenant)]
            && Array(realm, "organizations").Any(organization => (string)organization["alias"]! == (string?)tenant["claim.value"])
            && !machine["optionalClientScopes"]!.AsArray().Concat(machine["defaultClientScopes"]!.AsArray()).Any(scope => (string)scope! == "organization")
            && account["clientRoles"]![ProductClient]!.AsArray() is [var role] && ProductRoles.Contains((string)role!)
            && mappers.Any(mapper => (string?)mapper.Config["included.client.audience"] == ProductClient);
    }

    private static IEnumerable<JsonObject> Machines(JsonObject realm) => Clients(realm).Where(client =>
        Is(client, "serviceAccountsEnabled") && client["protocolMappers"] is JsonArray mappers
        && mappers.Any(mapper => (string?)mapper!["config"]!["included.client.audience"] == ProductClient));

    private static IEnumerable<string> Addresses(JsonObject client) => client["redirectUris"]!.AsArray().Select(address => (string)address!)
        .Concat(((string?)client["attributes"]!["post.logout.redirect.uris"] ?? "").Split("##", StringSplitOptions.RemoveEmptyEntries));

    private static IEnumerable<string> Roles(JsonObject realm) =>
        realm["roles"]!["client"]![ProductClient]!.AsArray().Select(role => (string)role!["name"]!).Order(StringComparer.Ordinal);

    private static JsonNode ProfileText(JsonObject realm) => realm["components"]!["org.keycloak.userprofile.UserProfileProvider"]![0]!["config"]!["kc.user.profile.config"]!;

    private static JsonObject Profile(JsonObject realm) => JsonNode.Parse((string)ProfileText(realm)[0]!)!.AsObject();

    private static void Profile(JsonObject realm, Action<JsonObject> change)
    {
        var profile = Profile(realm);
        change(profile);
        ProfileText(realm)[0] = profile.ToJsonString();
    }

    private static JsonNode Attribute(JsonObject profile, string name) =>
        profile["attributes"]!.AsArray().Single(attribute => (string)attribute!["name"]! == name)!;

    private static IEnumerable<string> Editors(JsonObject realm, string attribute) =>
        Attribute(Profile(realm), attribute)["permissions"]!["edit"]!.AsArray().Select(editor => (string)editor!);

    private static List<JsonObject> Clients(JsonObject realm) => Array(realm, "clients");

    private static JsonObject Client(JsonObject realm, string id) => Clients(realm).Single(client => (string)client["clientId"]! == id);

    private static List<JsonObject> Array(JsonObject realm, string name) => [.. realm[name]!.AsArray().Select(item => item!.AsObject())];

    private static bool Is(JsonObject holder, string name) => (bool?)holder[name] == true;

    /// <summary>What must be true of a realm, and a change after which it is not.</summary>
    internal sealed record Rule(Func<JsonObject, bool> Holds, Action<JsonObject> Break);
}
