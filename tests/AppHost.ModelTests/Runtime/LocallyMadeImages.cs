using Aspire.Hosting.Testing;

namespace EmbedStack.AppHost.ModelTests.Runtime;

/// <summary>A machine that reaches no registry: what the script made there takes the images' place.</summary>
public sealed class LocallyMadeImages
{
    private const string Wheels = "localhost/embedstack/wheels:test";

    [Theory]
    [InlineData("superset")]
    [InlineData("superset-bootstrap")]
    public async Task SupersetIsBuiltOfTheWheelsThere(string resource)
    {
        await using var model = await ModelAsync();
        var build = Assert.Single(model[resource].Annotations.OfType<DockerfileBuildAnnotation>());

        Assert.Equal(Wheels, build.BuildArguments["WHEELS"]);
        Assert.Equal("1", build.BuildArguments["UV_NO_VERIFY_HASHES"]);
    }

    [Fact]
    public async Task RendererIsAProcess()
    {
        await using var model = await ModelAsync();

        Assert.IsType<ProjectResource>(model["renderer"]);
    }

    private static async Task<StackModel> ModelAsync() => new(await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(
        [
            "--EmbedStack:Runtime=container", "--EmbedStack:Persist=false", "--EmbedStack:Images:StandIns=true", $"--EmbedStack:Images:Wheels={Wheels}",
        ],
        TestContext.Current.CancellationToken));
}
