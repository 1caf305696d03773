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
    public async Task VolumesCarryTheClonesName()
    {
        await using var model = new StackModel(await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(
            ["--EmbedStack:Runtime=container", "--EmbedStack:Persist=true"], TestContext.Current.CancellationToken));
        var mounts = model.Resources.SelectMany(resource => resource.Annotations.OfType<ContainerMountAnnotation>());

        var volume = Assert.Single(mounts, mount => mount.Type is ContainerMountType.Volume);

        Assert.Equal($"embedstack-{Clone}-postgres", volume.Source);
    }
}
