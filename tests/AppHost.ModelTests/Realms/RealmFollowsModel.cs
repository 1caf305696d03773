using System.Text.Json.Nodes;
using EmbedStack.AppHost.Realms;

namespace EmbedStack.AppHost.ModelTests.Realms;

public sealed class RealmFollowsModel
{
    private static readonly RealmFile Source = new(Path.Combine(Projects.AppHost.ProjectPath, KeycloakRealm.File));

    private static readonly Dictionary<string, string> Values = new(Source.Placeholders().ToDictionary(name => name, name => $"value of {name}"))
    {
        ["APP_ORIGIN"] = "http://localhost:1234",
        ["API_CLIENT_SECRET"] = "a secret with \" and \\",
    };

    [Fact]
    public void PlaceholdersAreFilledAndEscaped()
    {
        var client = Client("http://localhost:1234");

        Assert.Equal("http://localhost:1234/bff/signin", (string)client["redirectUris"]![0]!);
        Assert.Equal("a secret with \" and \\", (string)client["secret"]!);
    }

    [Fact]
    public void AMissingValueIsNamed()
    {
        var incomplete = Values.Where(pair => pair.Key != "APP_ORIGIN").ToDictionary();

        var problem = Assert.Throws<DistributedApplicationException>(() => Source.Fill(incomplete));

        Assert.Contains("${APP_ORIGIN}", problem.Message);
    }

    [Fact]
    public void AClientOfAnEarlierRunGetsThisRunsAddresses()
    {
        var earlier = Client("http://localhost:1");
        var wanted = Client("http://localhost:2");

        var changed = ClientDrift.Correct(earlier, wanted);

        Assert.Equal(["baseUrl", "post.logout.redirect.uris", "redirectUris"], changed.Order());
        Assert.Equal("http://localhost:2/bff/signin", (string)earlier["redirectUris"]![0]!);
    }

    [Fact]
    public void AClientThatFollowsTheModelIsLeftAlone() =>
        Assert.Empty(ClientDrift.Correct(Client("http://localhost:1"), Client("http://localhost:1")));

    [Fact]
    public void ARealmThatWasLoosenedFollowsTheModelAgainAndKeepsTheRest()
    {
        var wanted = Source.Fill(Values);
        var actual = wanted.DeepClone().AsObject();
        (actual["bruteForceProtected"], actual["failureFactor"], actual["loginTheme"]) = (false, 1000, "by hand");

        Assert.Equal(["bruteForceProtected", "failureFactor"], RealmDrift.Correct(actual, wanted).Order());

        Assert.Empty(RealmDrift.Correct(actual, wanted));
        Assert.Equal("by hand", (string)actual["loginTheme"]!);
    }

    [Fact]
    public void AProfileThatWasOpenedIsClosedAgainAndKeepsTheRest()
    {
        var wanted = new RealmRepresentation(Source.Fill(Values)).UserProfile;
        var actual = wanted.DeepClone().AsObject();
        Assert.Empty(ProfileDrift.Correct(actual, wanted));

        Attribute(actual, "staff_id")["permissions"]!["edit"]!.AsArray().Add("user");
        Attribute(actual, "region")["permissions"]!["edit"] = new JsonArray("user", "admin");
        actual["attributes"]!.AsArray().Remove(Attribute(actual, "department"));
        actual["attributes"]!.AsArray().Add(new JsonObject { ["name"] = "by_hand" });
        actual["unmanagedAttributePolicy"] = "ENABLED";

        Assert.Equal(
            ["profile attribute department", "profile attribute region", "profile attribute staff_id", "unmanagedAttributePolicy"],
            ProfileDrift.Correct(actual, wanted).Order());
        Assert.Empty(ProfileDrift.Correct(actual, wanted));
        Assert.Equal(["admin"], Attribute(actual, "staff_id")["permissions"]!["edit"]!.AsArray().Select(role => (string)role!));
        Assert.NotNull(Attribute(actual, "by_hand"));
        Assert.Null(actual["unmanagedAttributePolicy"]);
    }

    // What Keycloak answers with has its lists in another order, and members that no model names.
    [Fact]
    public void AProfileAsKeycloakTellsItIsNoDifference()
    {
        var wanted = new RealmRepresentation(Source.Fill(Values)).UserProfile;
        var told = wanted.DeepClone().AsObject();
        foreach (var attribute in told["attributes"]!.AsArray().Select(attribute => attribute!.AsObject()))
        {
            var view = attribute["permissions"]!["view"]!.AsArray();
            attribute["permissions"]!["view"] = new JsonArray([.. view.Select(role => role!.DeepClone()).Reverse()]);
            attribute["annotations"] = new JsonObject();
        }

        Assert.Empty(ProfileDrift.Correct(told, wanted));
    }

    [Fact]
    public void WhatAnAdministratorAddedStays()
    {
        var actual = Client("http://localhost:1");
        actual["description"] = "by hand";
        actual["attributes"]!["login_theme"] = "by hand";

        ClientDrift.Correct(actual, Client("http://localhost:2"));

        Assert.Equal("by hand", (string)actual["description"]!);
        Assert.Equal("by hand", (string)actual["attributes"]!["login_theme"]!);
    }

    [Fact]
    public void AWayInThatWasOpenedIsClosedAgain()
    {
        var actual = Client("http://localhost:1");
        actual["directAccessGrantsEnabled"] = true;

        Assert.Equal(["directAccessGrantsEnabled"], ClientDrift.Correct(actual, Client("http://localhost:1")));
        Assert.False((bool)actual["directAccessGrantsEnabled"]!);
    }

    [Fact]
    public void AMapperThatIsMissingOrChangedIsCorrectedAndOthersStay()
    {
        var actual = Client("http://localhost:1");
        var mappers = actual["protocolMappers"]!.AsArray();
        mappers.Remove(mappers.Single(mapper => (string)mapper!["name"]! == "staff_id"));
        mappers.Single(mapper => (string)mapper!["name"]! == "role")!["config"]!["claim.name"] = "rank";
        mappers.Add(new JsonObject { ["name"] = "by hand", ["config"] = new JsonObject() });

        Assert.Equal(["mapper role", "mapper staff_id"], ClientDrift.Correct(actual, Client("http://localhost:1")).Order());
        Assert.Equal(
            ["audience", "by hand", "department", "region", "role", "staff_id"],
            actual["protocolMappers"]!.AsArray().Select(mapper => (string)mapper!["name"]!).Order());
    }

    [Fact]
    public void WhatKeycloakAddsToAMapperIsNoDifference()
    {
        var actual = Client("http://localhost:1");
        actual["protocolMappers"]![0]!["id"] = "made by Keycloak";
        actual["protocolMappers"]![0]!["config"]!["lightweight.claim"] = "false";

        Assert.Empty(ClientDrift.Correct(actual, Client("http://localhost:1")));
    }

    [Fact]
    public void ARealmKeepsWhatModelsBroughtAndItsOtherAttributes()
    {
        var realm = new JsonObject { ["realm"] = "embedstack", ["attributes"] = new JsonObject { ["by hand"] = "stays" } };

        var changed = new RealmState("digest", ["northside", "admin@northside.example"]).In(realm);
        var state = RealmState.Of(changed);

        Assert.Equal("stays", (string)changed["attributes"]!["by hand"]!);
        Assert.Equal("digest", state.Digest);
        Assert.Equal(["admin@northside.example", "northside"], state.Provided.Order());
        Assert.Empty(RealmState.Of(realm).Provided);
    }

    [Fact]
    public void AModelNamesItsOrganizationsAndPersonsButNoAccountsOfClients()
    {
        var state = new RealmRepresentation(Source.Fill(Values)).State;

        Assert.Equal("value of MODEL_DIGEST", state.Digest);
        Assert.Superset(new HashSet<string> { "northside", "harbour", "author@embedstack.example" }, state.Provided.ToHashSet());
        Assert.DoesNotContain(state.Provided, name => name.StartsWith("service-account", StringComparison.Ordinal));
    }

    private static JsonObject Attribute(JsonObject profile, string name) =>
        profile["attributes"]!.AsArray().Single(attribute => (string)attribute!["name"]! == name)!.AsObject();

    private static JsonObject Client(string app) =>
        new RealmRepresentation(Source.Fill(new Dictionary<string, string>(Values) { ["APP_ORIGIN"] = app })).Clients
            .Single(client => (string)client["clientId"]! == "embedstack-api");
}
