using EmbedStack.ClinicData;

namespace EmbedStack.Databases.Tests.Loading;

public class TenantFileTests
{
    [Fact]
    public void RepositorysFileNamesTwelveClinicsAndTheirNetwork()
    {
        var tenants = TenantFile.Read(Path.Combine(AppContext.BaseDirectory, "tenants.yaml"));
        Assert.Equal(12, tenants.Count(tenant => tenant.Kind == "clinic"));
        Assert.Equal(["sydney-network"], tenants.Where(tenant => tenant.Kind == "network").Select(tenant => tenant.Key));
    }

    [Theory]
    [InlineData("- {key: \"a b\", name: A, kind: clinic, isolation: shared}", "key must be")]
    [InlineData("- {key: \"a'--\", name: A, kind: clinic, isolation: shared}", "key must be")]
    [InlineData("- {key: a, kind: clinic, isolation: shared}", "name is missing")]
    [InlineData("- {key: a, name: A, kind: hospital, isolation: shared}", "kind must be")]
    [InlineData("- {key: a, name: A, kind: clinic, isolation: cellar}", "isolation must be")]
    [InlineData("- {key: a, name: A, kind: clinic, isolation: shared, accent: red}", "accent must be")]
    [InlineData("- {key: load, name: A, kind: clinic, isolation: schema}", "neither load nor template")]
    [InlineData("- {key: a, name: A, kind: network, isolation: shared}", "network's isolation")]
    [InlineData("[{key: a, name: A, kind: clinic, isolation: shared}, {key: a, name: B, kind: clinic, isolation: shared}]", "not unique")]
    [InlineData("[{key: a-b, name: A, kind: clinic, isolation: shared}, {key: A_b, name: B, kind: clinic, isolation: schema}]", "another's, too")]
    [InlineData("- {key: a, name: A, kind: network, isolation: schema}", "names no clinic")]
    [InlineData("- {key: a, name: A, kind: network, isolation: schema}\n- {key: b, name: B, kind: network, isolation: schema}\n- {key: c, name: C, kind: clinic, isolation: shared}", "another network")]
    [InlineData("", "names no clinic")]
    public void WhatCannotBeHonouredIsRefused(string yaml, string rule)
    {
        var refused = Assert.Throws<ClinicDataException>(() => TenantFile.Parse(yaml));
        Assert.Contains(rule, refused.Message);
    }
}
