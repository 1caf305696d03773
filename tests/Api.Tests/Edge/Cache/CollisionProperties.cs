using System.Text.Json;
using System.Text.Json.Nodes;
using EmbedStack.Api.Edge.Cache;
using FsCheck;
using FsCheck.Fluent;

namespace EmbedStack.Api.Tests.Edge.Cache;

/// <summary>Whatever is asked by whomever: one key is one question of one data identity.</summary>
public sealed class CollisionProperties
{
    private static readonly Config Runs = Config.QuickThrowOnFailure.WithMaxTest(500);

    // Texts that differ in case, in unicode form, or in where one ends and the next begins.
    private static readonly string[] Close =
    [
        "a", "A", "ab", "b", "é", "e\u0301", "É", "ａ", "a\u200d", "", " ", "a ", "\u0000", "a\u0000", "northside/admin", "northside/admin/", "northside/Admin",
        "northside", "/admin", "\ud83d\ude00",
    ];

    private static Gen<string> Text => Gen.Elements(Close);

    private static Gen<JsonNode?> Leaf => Gen.OneOf(
        Text.Select(text => (JsonNode?)JsonValue.Create(text)),
        Gen.Elements("1", "1.0", "1e0", "-0", "0", "true", "false", "null").Select(raw => JsonNode.Parse(raw)));

    private static Gen<CacheScope> Scope =>
        from route in Text
        from dashboard in Text
        from identity in Text
        from tier in Text
        from locale in Text
        from day in Text
        from version in Text
        from tenant in Text
        select new CacheScope { Route = route, Tenant = tenant, Dashboard = dashboard, DataIdentity = identity, Tier = tier, Locale = locale, Day = day, Version = version };

    private static Gen<JsonNode?> Value(int depth) => depth == 0 ? Leaf : Gen.Frequency(
        (2, Leaf),
        (1, Value(depth - 1).ArrayOf(2).Select(items => (JsonNode?)new JsonArray([.. items.Select(item => item?.DeepClone())]))),
        (2, Members(depth - 1).Select(members => (JsonNode?)members)));

    private static Gen<JsonObject> Members(int depth) =>
        from names in Gen.Elements("a", "A", "é", "e\u0301", "force", "url_params", "queries", "form_data", "post_processing", "queries", "form_data").ArrayOf(3)
        from values in Value(depth).ArrayOf(3)
        select new JsonObject(names.Zip(values).DistinctBy(member => member.First).Select(member => KeyValuePair.Create(member.First, member.Second?.DeepClone())));

    [Fact]
    public void DifferentScopesOrQuestionsNeverMeet() => Prop.ForAll(
        (from one in Scope from other in Scope from question in Text from another in Text select (one, other, question, another)).ToArbitrary(),
        drawn => (CacheKey.Of(drawn.one, Bytes(drawn.question)) == CacheKey.Of(drawn.other, Bytes(drawn.another)))
            == (drawn.one == drawn.other && drawn.question == drawn.another)).Check(Runs);

    [Fact]
    public void MembersOrderAndEscapesChangeNothing() => Prop.ForAll(
        (from body in Members(3) from seed in Gen.Choose(0, 1000) select (body, seed)).ToArbitrary(),
        drawn =>
        {
            var body = Sendable(drawn.body);
            var shuffled = Shuffle(body, new Random(drawn.seed))!;
            var escaped = shuffled.ToJsonString(new JsonSerializerOptions { WriteIndented = drawn.seed % 2 == 0 }); // the default encoder escapes what is not ASCII
            return ChartBodies.Canonical(body) == ChartBodies.Canonical(escaped);
        }).Check(Runs);

    [Fact]
    public void QuestionsThatMeetAreTheSame() => Prop.ForAll(
        (from one in Members(2) from other in Members(2) select (one, other)).ToArbitrary(),
        drawn =>
        {
            var (one, other) = (Sendable(drawn.one), Sendable(drawn.other));
            return ChartBodies.Canonical(one) != ChartBodies.Canonical(other) || JsonNode.DeepEquals(WithoutIgnored(one), WithoutIgnored(other));
        }).Check(Runs);

    [Fact]
    public void WhatIsSentOnIsWhatIsKeptUnder() => Prop.ForAll(
        Members(3).ToArbitrary(),
        body =>
        {
            var canonical = ChartBodies.Canonical(Sendable(body));
            return ChartBodies.Canonical(canonical) == canonical && JsonNode.DeepEquals(JsonNode.Parse(canonical), WithoutIgnored(Sendable(body)));
        }).Check(Runs);

    // A page says yes or no.
    private static JsonObject Sendable(JsonObject body)
    {
        var sendable = body.DeepClone().AsObject();
        if (sendable.ContainsKey("force"))
        {
            sendable["force"] = false;
        }

        return sendable;
    }

    private static byte[] Bytes(string text) => System.Text.Encoding.UTF8.GetBytes(text);

    private static JsonNode? Shuffle(JsonNode? node, Random random) => node switch
    {
        JsonObject members => new JsonObject(Shuffled(members, random)),
        JsonArray items => new JsonArray([.. items.Select(item => Shuffle(item, random))]),
        _ => node?.DeepClone(),
    };

    private static KeyValuePair<string, JsonNode?>[] Shuffled(JsonObject members, Random random)
    {
        var shuffled = members.Select(member => KeyValuePair.Create(
            member.Key, member.Key == "post_processing" ? member.Value?.DeepClone() : Shuffle(member.Value, random))).ToArray();
        random.Shuffle(shuffled);
        return shuffled;
    }

    private static JsonObject WithoutIgnored(JsonObject body)
    {
        var rest = body.DeepClone().AsObject();
        foreach (var name in rest.Select(member => member.Key).Where(name => name is not ("queries" or "form_data")).ToArray())
        {
            rest.Remove(name); // of these names Superset reads two
        }

        foreach (var query in Objects(rest["queries"]))
        {
            query.Remove("url_params");
        }

        foreach (var formData in Objects(rest["form_data"]))
        {
            formData.Remove("url_params");
            formData.Remove("force");
        }

        return rest;
    }

    private static IEnumerable<JsonObject> Objects(JsonNode? node) => node switch
    {
        JsonObject members => [members],
        JsonArray items => items.SelectMany(Objects),
        _ => [],
    };
}
