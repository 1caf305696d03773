using System.Text.RegularExpressions;
using EmbedStack.AppHost.Secrets;

namespace EmbedStack.AppHost.ModelTests.Secrets;

/// <summary>What <c>./embedstack rotate</c> knows is what the stack has.</summary>
public sealed partial class WhatRotates(Models models)
{
    [Fact]
    public void TheScriptKnowsTheSameNames()
    {
        var script = File.ReadAllText(Path.GetFullPath("../scripts/rotate.sh", Projects.AppHost.ProjectPath));

        Assert.Equal(RotatingSecrets.Names, Names().Match(script).Groups[1].Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [MemberData(nameof(Models.Runtimes), MemberType = typeof(Models))]
    public void EachHasAFile(string runtime) =>
        Assert.Equal(RotatingSecrets.Names.Order(), RotatingSecrets.FilesOf(models.In(runtime).Resources).Select(held => held.File.Parameter.Name).Distinct().Order());

    [Fact]
    public async Task TheApiIsToldWhereEachOneIs()
    {
        var environment = await models.Native.EnvironmentOfAsync("api");

        Assert.All(RotatingSecrets.Names, name => Assert.EndsWith(name, (string)environment[$"Secrets__Files__{name}"], StringComparison.Ordinal));
        Assert.Contains(Path.Combine("api", "assertion-key"), (string)environment["Secrets__Files__assertion-key"], StringComparison.Ordinal);
    }

    [GeneratedRegex(@"rotating_secrets=\(([^)]+)\)")]
    private static partial Regex Names();
}
