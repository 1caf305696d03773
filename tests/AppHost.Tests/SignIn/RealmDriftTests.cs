using System.Text.Json.Nodes;
using EmbedStack.AppHost.Tests.Stack;

namespace EmbedStack.AppHost.Tests.SignIn;

/// <summary>What somebody loosens at the real Keycloak the stack puts right, without ending a session.</summary>
public sealed class RealmDriftTests(StackFixture stack)
{
    private static readonly Person Newtown = new("newtown", "Newtown Mind Clinic", "admin", "admin");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WhatWasChangedAtKeycloakFollowsTheModelAgain()
    {
        using var keycloak = await KeycloakAdministrator.SignInAsync(stack);
        using var session = await ProductSession.OpenAsync(stack, Newtown, Cancellation);
        var (realm, machine, api) = (await keycloak.RealmAsync(), await keycloak.ClientAsync("northside-integration"), await keycloak.ClientAsync("embedstack-api"));
        var claim = Claim(machine);
        var logout = (string)api["attributes"]!["backchannel.logout.url"]!;

        realm["bruteForceProtected"] = false;
        realm["passwordPolicy"] = "length(1)";
        claim["claim.value"] = "harbour";
        api["attributes"]!["backchannel.logout.url"] = "http://127.0.0.1:9/elsewhere";
        await keycloak.SetRealmAsync(realm);
        await keycloak.SetClientAsync(machine);
        await keycloak.SetClientAsync(api);
        Assert.Equal("harbour", (string)Claim(await keycloak.ClientAsync("northside-integration"))["claim.value"]!);

        var result = await stack.Application.ResourceCommands.ExecuteCommandAsync(ResourceNames.Keycloak, "reconcile-realm", Cancellation);

        Assert.True(result.Success, result.ToString());
        realm = await keycloak.RealmAsync();
        Assert.True((bool)realm["bruteForceProtected"]!);
        Assert.Contains("length(14)", (string)realm["passwordPolicy"]!, StringComparison.Ordinal);
        Assert.Equal("northside", (string)Claim(await keycloak.ClientAsync("northside-integration"))["claim.value"]!);
        Assert.Equal(logout, (string)(await keycloak.ClientAsync("embedstack-api"))["attributes"]!["backchannel.logout.url"]!);
        Assert.Equal(System.Net.HttpStatusCode.OK, (await session.UserAsync(Cancellation)).Status);
    }

    // Rows hang on these: nobody may give them to oneself.
    [Fact]
    public async Task ProfileThatWasOpenedIsClosedAgainBeforeAPersonCanUseIt()
    {
        using var keycloak = await KeycloakAdministrator.SignInAsync(stack);
        var before = await keycloak.ProfileAsync();
        var opened = before.DeepClone().AsObject();
        opened["unmanagedAttributePolicy"] = "ENABLED";
        foreach (var attribute in opened["attributes"]!.AsArray().Where(attribute => (string)attribute!["name"]! is "staff_id" or "region" or "department"))
        {
            attribute!["permissions"]!["edit"] = new JsonArray("admin", "user");
        }

        await keycloak.SetProfileAsync(opened);
        Assert.Contains("user", EditorsOf(await keycloak.ProfileAsync(), "staff_id"));

        for (var time = 0; time < 2; time++)
        {
            var result = await stack.Application.ResourceCommands.ExecuteCommandAsync(ResourceNames.Keycloak, "reconcile-realm", Cancellation);
            Assert.True(result.Success, result.ToString());
            var profile = await keycloak.ProfileAsync();
            Assert.All(["staff_id", "region", "department"], name => Assert.Equal(["admin"], EditorsOf(profile, name)));
            Assert.Null(profile["unmanagedAttributePolicy"]);
            Assert.Equal(before["attributes"]!.AsArray().Count, profile["attributes"]!.AsArray().Count);
        }
    }

    private static IEnumerable<string> EditorsOf(JsonObject profile, string name) => profile["attributes"]!.AsArray()
        .Single(attribute => (string)attribute!["name"]! == name)!["permissions"]!["edit"]!.AsArray().Select(role => (string)role!);

    private static JsonObject Claim(JsonObject machine) => machine["protocolMappers"]!.AsArray()
        .Select(mapper => mapper!["config"]!.AsObject()).Single(settings => (string?)settings["claim.name"] == "tenant");
}
