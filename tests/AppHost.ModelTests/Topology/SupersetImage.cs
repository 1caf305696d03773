namespace EmbedStack.AppHost.ModelTests.Topology;

/// <summary>What the model says of the inside of Superset's image is what the Dockerfile puts there.</summary>
public sealed class SupersetImage(Models models)
{
    private static readonly string Dockerfile = File.ReadAllText(Path.GetFullPath("../SupersetContainer/Dockerfile", Projects.AppHost.ProjectPath));

    [Theory]
    [InlineData("superset", "SUPERSET_CONFIG_PATH")]
    [InlineData("superset", "PYTHONPATH")]
    [InlineData("superset-bootstrap", "SUPERSET_CONFIG_PATH")]
    [InlineData("superset-bootstrap", "PYTHONPATH")]
    public async Task PathsAreTheDockerfiles(string resource, string variable)
    {
        var path = (await models.Container.EnvironmentOfAsync(resource))[variable];

        Assert.Matches($@"{variable}={path}(\s|$)", Dockerfile);
    }

    [Fact]
    public void ItIsBuiltOnTheImageThatTheVersionsName()
    {
        var image = Assert.Single(models.Container["superset"].Annotations.OfType<DockerfileBuildAnnotation>()).BuildArguments["PYTHON"];

        Assert.Equal(EmbedStack.AppHost.Runtime.Versions.PythonImage, image);
        Assert.Contains($"ARG PYTHON={image}\n", Dockerfile);
    }

    [Fact]
    public void ItsCommandsAreTheFoldersFiles()
    {
        var commands = Path.GetFullPath("../SupersetContainer/commands", Projects.AppHost.ProjectPath);
        var bootstrap = Assert.IsType<SupersetBootstrapResource>(models.Container["superset-bootstrap"]);

        Assert.True(File.Exists(Path.Combine(commands, bootstrap.Entrypoint!)));
        Assert.True(File.Exists(Path.Combine(commands, "serve")));
        Assert.EndsWith("CMD [\"serve\"]\n", Dockerfile, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("superset")]
    [InlineData("superset-bootstrap")]
    public async Task ItMayWriteToItsTmpfsAlone(string resource)
    {
        var arguments = await models.Container.RuntimeArgumentsOfAsync(resource);

        Assert.Contains("--read-only", arguments);
        Assert.Contains("--cap-drop=ALL", arguments);
        Assert.Contains("--security-opt=no-new-privileges", arguments);
        Assert.Single(arguments, argument => argument.StartsWith("--tmpfs=", StringComparison.Ordinal));
    }
}
