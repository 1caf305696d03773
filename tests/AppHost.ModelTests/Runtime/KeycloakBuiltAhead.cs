using EmbedStack.AppHost.Runtime;

namespace EmbedStack.AppHost.ModelTests.Runtime;

/// <summary>Keycloak's image is built with what the script builds the native one with, and neither builds at its start.</summary>
public sealed class KeycloakBuiltAhead(Models models)
{
    [Fact]
    public void BothAreBuiltAlike()
    {
        var image = Assert.Single(models.Container["keycloak"].Annotations.OfType<DockerfileBuildAnnotation>());
        var script = File.ReadAllText(Path.GetFullPath("../scripts/setup.sh", Projects.AppHost.ProjectPath));

        Assert.Equal(Between("keycloak_build=(", ")", script), Between("kc.sh build ", "\n", File.ReadAllText(image.DockerfilePath)));
        Assert.Equal(image.BuildArguments["KEYCLOAK"], Between("ARG KEYCLOAK=", "\n", File.ReadAllText(image.DockerfilePath)));
        Assert.Equal($"{Versions.KeycloakRegistry}/{Versions.KeycloakImage}:{Versions.KeycloakTag}", image.BuildArguments["KEYCLOAK"]);
    }

    [Theory]
    [InlineData("native")]
    [InlineData("container")]
    public async Task ItIsStartedAsItWasBuilt(string runtime)
    {
        var arguments = await models.In(runtime).ArgumentsOfAsync("keycloak");

        Assert.Superset(new HashSet<object> { "start", "--optimized", "--import-realm", "--cache=local" }, arguments.ToHashSet());
        Assert.DoesNotContain("start-dev", arguments);
        Assert.DoesNotContain("KC_FEATURES", await models.In(runtime).EnvironmentOfAsync("keycloak"));
    }

    private static string Between(string before, string after, string text)
    {
        var begin = text.IndexOf(before, StringComparison.Ordinal) + before.Length;
        return text[begin..text.IndexOf(after, begin, StringComparison.Ordinal)];
    }
}
