using System.Security.Cryptography;
using System.Text;
using Aspire.Hosting.Testing;

namespace EmbedStack.AppHost.ModelTests.Topology;

/// <summary>Containers and data of one clone are told from those of another, in a store that all share.</summary>
public sealed class ContainersOfThisClone(Models models)
{
    private static string Clone
    {
        get
        {
            var root = Path.GetDirectoryName(Path.GetFullPath(Projects.AppHost.ProjectPath).TrimEnd(Path.DirectorySeparatorChar))!;
            return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(root)))[..12];
        }
    }

    [Fact]
    public async Task EachNamesItsCloneAndItsAppHost()
    {
        foreach (var container in models.Container.Resources.OfType<ContainerResource>())
        {
            var arguments = await models.Container.RuntimeArgumentsOfAsync(container.Name);

            Assert.Contains($"--label=embedstack.clone={Clone}", arguments);
            Assert.Contains($"--label=embedstack.process={Environment.ProcessId}", arguments);
        }
    }

    [Fact]
    public void DataThatAreThrownAwayOutliveTheirContainer()
    {
        var mounts = models.Container["postgres"].Annotations.OfType<ContainerMountAnnotation>();

        var volume = Assert.Single(mounts, mount => mount.Type is ContainerMountType.Volume);

        Assert.StartsWith($"embedstack-{Clone}-run-{Environment.ProcessId}-", volume.Source, StringComparison.Ordinal);
    }

    [Fact]
    public async Task VolumesCarryTheClonesName() => Assert.Equal($"embedstack-{Clone}-postgres", await VolumeAsync("--EmbedStack:Persist=true"));

    [Fact]
    public async Task DataOfAnotherFolderAreOthers()
    {
        var one = await VolumeAsync("--EmbedStack:DataDirectory=/tmp/one");

        Assert.StartsWith($"embedstack-{Clone}-", one, StringComparison.Ordinal);
        Assert.Equal(one, await VolumeAsync("--EmbedStack:DataDirectory=/tmp/one"));
        Assert.NotEqual(one, await VolumeAsync("--EmbedStack:DataDirectory=/tmp/other"));
        Assert.NotEqual(one, await VolumeAsync("--EmbedStack:Persist=true"));
    }

    private static async Task<string?> VolumeAsync(params string[] settings)
    {
        await using var model = new StackModel(await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(
            ["--EmbedStack:Runtime=container", .. settings], TestContext.Current.CancellationToken));
        var mounts = model.Resources.SelectMany(resource => resource.Annotations.OfType<ContainerMountAnnotation>());
        return Assert.Single(mounts, mount => mount.Type is ContainerMountType.Volume).Source;
    }
}
