using EmbedStack.ClinicData.Stores;

namespace EmbedStack.Databases.Tests.Stores;

/// <summary>A stack that keeps its data is built anew when a file changes that its rows or figures are made by.</summary>
public class DefinitionTests(Databases databases)
{
    // They run at each start, or on rows that stand.
    private static readonly string[] LeaveNothingToRebuild = ["bookkeeping.sql", "erase_patient.sql"];

    [Fact]
    public void EveryFileIsPartOfADefinition()
    {
        var files = typeof(SqlFiles).Assembly.GetManifestResourceNames().Where(name => name.EndsWith(".sql", StringComparison.Ordinal));
        var known = StoreDefinition.Clinic.Files.Concat(StoreDefinition.Network.Files).Concat(LeaveNothingToRebuild).Distinct();

        Assert.Equal(files.Order(StringComparer.Ordinal), known.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void FiguresArePartOfEveryDefinition()
    {
        foreach (var definition in new[] { StoreDefinition.Clinic, StoreDefinition.Network })
        {
            Assert.Empty(StoreDefinition.Figures.Except(definition.Files));
            Assert.NotEqual(definition.Hash, (definition with { Wall = [.. definition.Wall, "erase_patient.sql"] }).Hash);
        }
    }

    [Fact]
    public async Task FiguresOfAnOlderDefinitionAreMadeAnew()
    {
        const string Stale = "select count(*) from clinic.clinic_benchmarks where satisfaction = 0.815";
        await using var server = await databases.OpenSuperuserAsync("clinic");
        await server.ExecuteAsync(
            """
            update clinic.clinic_benchmarks set satisfaction = 0.815 where tenant_id = 'northside';
            update clinic_load.stores set definition = 'older' where schema = 'clinic'
            """);
        Assert.NotEqual(0, await server.ScalarAsync<long>(Stale));

        Assert.Equal("", (await databases.LoadAsync()).Error);

        Assert.Equal(0, await server.ScalarAsync<long>(Stale));
    }
}
