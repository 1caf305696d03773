using EmbedStack.AppHost.Realms;

namespace EmbedStack.AppHost.ModelTests.Realms;

/// <summary>The realm's file holds to the rules, and each of them notices when it does not.</summary>
public sealed class RealmIsStrict(Models models)
{
    private static readonly RealmFile Source = new(Path.Combine(Projects.AppHost.ProjectPath, KeycloakRealm.File));

    public static TheoryData<string> Rules => [.. RealmRules.All.Keys];

    [Theory]
    [MemberData(nameof(Rules))]
    public void RuleHolds(string rule) => Assert.True(RealmRules.All[rule].Holds(Source.Read()), rule);

    [Theory]
    [MemberData(nameof(Rules))]
    public void RuleNoticesABrokenCopy(string rule)
    {
        var realm = Source.Read();
        RealmRules.All[rule].Break(realm);
        Assert.False(RealmRules.All[rule].Holds(realm), rule);
    }

    // Keycloak's import does not look; a person who changes a password later would be told.
    [Fact]
    public void GeneratedPasswordsMeetThePolicy()
    {
        var policy = PasswordPolicy.Of(Source.Read());
        var passwords = DemoUser.Of(Source.Read()).Select(user => user.PasswordPlaceholder.ToLowerInvariant().Replace('_', '-')).ToHashSet();
        var generated = models.Native.Parameters.Where(parameter => passwords.Contains(parameter.Name)).Select(parameter => parameter.Default!.GetDefaultValue()).ToList();

        Assert.Equal(passwords.Count, generated.Count);
        Assert.All(generated, password => Assert.True(policy.Allows(password), "A generated password breaks the policy."));
        Assert.False(policy.Allows("short"));
    }
}
