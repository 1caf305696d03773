using EmbedStack.AppHost.Runtime;
using EmbedStack.AppHost.Status;

namespace EmbedStack.AppHost.ModelTests.Topology;

/// <summary>The renderer knows the embed origin and the Api's key, and nothing else of the stack.</summary>
public sealed class RendererModel(Models models)
{
    private static readonly string[] Own = ["RENDERER_KEY", "Origins__", "services__", "Renderer__"];
    private static readonly string Dockerfile = File.ReadAllText(Path.GetFullPath("../Renderer/Dockerfile", Projects.AppHost.ProjectPath));

    [Theory]
    [MemberData(nameof(Models.Runtimes), MemberType = typeof(Models))]
    public async Task ItIsToldItsOriginsAndKeyAlone(string runtime)
    {
        var environment = await models.In(runtime).EnvironmentOfAsync("renderer");

        Assert.Equal(
            ["Origins__App", "Origins__Embed", "RENDERER_KEY", "services__api__embed__0"],
            environment.Keys.Where(name => Own.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal))).Order(StringComparer.Ordinal));
        Assert.Equal(["renderer-key"], environment.Values.SelectMany(ValueParts.Parameters).Select(parameter => parameter.Name));
        Assert.Equal("embed", ((EndpointReference)environment["Origins__Embed"]).EndpointName);
    }

    [Theory]
    [MemberData(nameof(Models.Runtimes), MemberType = typeof(Models))]
    public async Task OnlyTheApiHoldsItsKeyBesides(string runtime)
    {
        var holders = new List<string>();
        foreach (var resource in models.In(runtime).Resources.OfType<IResourceWithEnvironment>())
        {
            var environment = await models.In(runtime).EnvironmentOfAsync(resource.Name);
            if (environment.Values.SelectMany(ValueParts.Parameters).Any(parameter => parameter.Name == "renderer-key"))
            {
                holders.Add(resource.Name);
            }
        }

        Assert.Equal(["api", "renderer"], holders.Order());
        var api = await models.In(runtime).EnvironmentOfAsync("api");
        Assert.Contains("services__renderer__http__0", api);
        Assert.Equal("140", api["Renderer__PatienceSeconds"]); // the renderer's own two of 60, and a little more
    }

    [Fact]
    public void ImageIsBuiltOnTheImagesThatTheVersionsName()
    {
        var build = Assert.Single(models.Container["renderer"].Annotations.OfType<DockerfileBuildAnnotation>());

        Assert.Equal(Versions.DotnetImage, build.BuildArguments["SDK"]);
        Assert.Equal(Versions.DebianImage, build.BuildArguments["DEBIAN"]);
        Assert.Contains($"ARG SDK={Versions.DotnetImage}\n", Dockerfile, StringComparison.Ordinal);
        Assert.Contains($"ARG DEBIAN={Versions.DebianImage}\n", Dockerfile, StringComparison.Ordinal);
        Assert.Contains($"ASPNETCORE_HTTP_PORTS={Assert.Single(models.Container.EndpointsOf("renderer")).TargetPort} ", Dockerfile, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^USER \d+$", Dockerfile);
    }

    [Fact]
    public async Task ContainerMayDoNothingAndHasBounds()
    {
        var arguments = await models.Container.RuntimeArgumentsOfAsync("renderer");

        Assert.Superset(
            new HashSet<string> { "--cap-drop=ALL", "--security-opt=no-new-privileges", "--read-only", "--memory=4g", "--pids-limit=1024" }, arguments.ToHashSet());
    }

    [Theory]
    [MemberData(nameof(Models.Runtimes), MemberType = typeof(Models))]
    public void StackDoesWithoutIt(string runtime)
    {
        Assert.Contains(models.In(runtime)["renderer"].Annotations, annotation => annotation is OptionalPartAnnotation);
        Assert.DoesNotContain("renderer", models.In(runtime).Resources.SelectMany(resource => models.In(runtime).WaitsOf(resource.Name)).Select(wait => wait.Resource.Name));
    }
}
