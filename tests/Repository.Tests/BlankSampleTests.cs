using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace EmbedStack.Repository.Tests;

/// <summary>What lies over the tree in the blank sample keeps up with the tree.</summary>
public sealed class BlankSampleTests
{
    private const string Overlay = "templates/blank/";
    private const string Realm = "AppHost/Realms/embedstack-realm.json";

    public static TheoryData<string> Dropped =>
        [.. Repository.Read("templates/blank.excluded").Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => !line.StartsWith('#'))];

    [Theory]
    [MemberData(nameof(Dropped))]
    public void WhatIsDroppedIsThere(string glob)
    {
        var pattern = new Regex($@"\A{Regex.Escape(glob).Replace(@"\*\*", ".*").Replace(@"\*", "[^/]*")}\z", RegexOptions.CultureInvariant);
        Assert.Contains(Repository.Files.Value, file => pattern.IsMatch(file));
    }

    [Fact]
    public void NothingSpeaksOfTheOtherSample() =>
        Assert.DoesNotContain(
            Repository.Files.Value.Where(file => file.StartsWith(Overlay, StringComparison.Ordinal)),
            file => Regex.IsMatch(Repository.Read(file), "clinic|patient", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant));

    [Fact]
    public void RealmDiffersInItsPeopleAlone()
    {
        var own = Parse(Repository.Read(Overlay + Realm));
        var other = Parse(Repository.Read(Realm).Replace("clinician", "member", StringComparison.Ordinal).Replace("clinic", "customer", StringComparison.Ordinal));
        Assert.Equal(other.Select(part => part.Key), own.Select(part => part.Key));
        Assert.All(
            other.Where(part => part.Key is not ("users" or "organizations" or "roles")),
            part => Assert.True(JsonNode.DeepEquals(part.Value, own[part.Key]), $"{part.Key} differs"));
    }

    private static JsonObject Parse(string json) => JsonNode.Parse(json)!.AsObject();
}
