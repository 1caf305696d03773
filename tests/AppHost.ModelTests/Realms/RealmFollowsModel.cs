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

    private static JsonObject Client(string app) =>
        new RealmRepresentation(Source.Fill(new Dictionary<string, string>(Values) { ["APP_ORIGIN"] = app })).Clients
            .Single(client => (string)client["clientId"]! == "embedstack-api");
}
