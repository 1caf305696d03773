using EmbedStack.Api.Tests.Stack;

namespace EmbedStack.Api.Tests.Tenancy;

public sealed class TenantSeedTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task RestartNeverOverwritesARecord()
    {
        await api.Database.ExecuteAsync("update api.tenants set name = 'Renamed' where key = 'harbour'");
        await using var again = api.StartInstance();
        var rows = await api.Database.QueryAsync("select key, name, kind from api.tenants order by key");
        Assert.Equal(
            ["harbour Renamed clinic", "lakeland Lakeland Network network", "northside Northside Specialist Clinic clinic"],
            rows.Select(row => $"{row["key"]} {row["name"]} {row["kind"]}"));
    }
}
