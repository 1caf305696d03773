using EmbedStack.ClinicData;

namespace EmbedStack.Databases.Tests.Loading;

public class TenantFileTests
{
    [Fact]
    public void RepositorysFileNamesBothClinics()
    {
        var tenants = TenantFile.Read(Path.Combine(AppContext.BaseDirectory, "tenants.yaml"));
        Assert.Equal(["northside", "harbour"], tenants.Select(tenant => tenant.Key));
    }

    [Theory]
    [InlineData("- {key: \"a b\", name: A, kind: clinic, isolation: shared}", "key must be")]
    [InlineData("- {key: \"a'--\", name: A, kind: clinic, isolation: shared}", "key must be")]
    [InlineData("- {key: a, kind: clinic, isolation: shared}", "name is missing")]
    [InlineData("- {key: a, name: A, kind: hospital, isolation: shared}", "kind must be")]
    [InlineData("- {key: a, name: A, kind: clinic, isolation: database}", "isolation must be shared")]
    [InlineData("[{key: a, name: A, kind: clinic, isolation: shared}, {key: a, name: B, kind: clinic, isolation: shared}]", "not unique")]
    [InlineData("- {key: a, name: A, kind: network, isolation: shared}", "names no clinic")]
    [InlineData("", "names no clinic")]
    public void WhatCannotBeHonouredIsRefused(string yaml, string rule)
    {
        var refused = Assert.Throws<ClinicDataException>(() => TenantFile.Parse(yaml));
        Assert.Contains(rule, refused.Message);
    }
}
