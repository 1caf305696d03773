using EmbedStack.ServiceDefaults.Jobs;

namespace EmbedStack.Tenants.Tests;

public sealed class NewTenantTests
{
    [Theory]
    [InlineData("Lakeside Clinic", "lakeside-clinic")]
    [InlineData("  St. John's  Women’s & Children’s ", "st-johns-womens-childrens")]
    [InlineData("Zürich Ärzte", "zurich-arzte")]
    [InlineData("'; DROP TABLE tenants --", "drop-table-tenants")]
    public void KeyIsMadeOfTheName(string name, string key) => Assert.Equal(key, NewTenant.KeyOf(name));

    [Fact]
    public void KeyIsCutWithoutADashAtItsEnd() =>
        Assert.Equal(new string('a', 55), NewTenant.KeyOf($"{new string('a', 55)} {new string('b', 20)}"));

    [Fact]
    public void WhatIsLeftOutIsMadeOfTheKey()
    {
        var tenant = NewTenant.From(Arguments.Parse(["tenant-add", "--name", "Lakeside", "--key", "Lake_Side", "--isolation", "", "--admin-email", ""]));
        Assert.Equal(("Lake_Side", "Lakeside", "clinic", "shared"), (tenant.Record.Key, tenant.Record.Name, tenant.Record.Kind, tenant.Record.Isolation));
        Assert.Equal("admin@lake-side.example", tenant.AdministratorEmail);
    }

    [Theory]
    [InlineData("北", "", "", "is no key for a tenant")]
    [InlineData("template", "", "", "is no key for a tenant")]
    [InlineData("Lakeside", "a b", "", "is no key for a tenant")]
    [InlineData("Lakeside", "a'b", "", "is no key for a tenant")]
    [InlineData("Lake\nside", "", "", "in one line")]
    [InlineData("Lakeside", "", "Nora <nora@lakeside.example>", "is no e-mail address")]
    public void WhatCannotBeIsRefused(string name, string key, string email, string cause)
    {
        var refusal = Assert.Throws<JobException>(() => NewTenant.From(
            Arguments.Parse(["tenant-add", "--name", name, "--key", key, "--admin-email", email])));
        Assert.Contains(cause, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData]
    [InlineData("tenant-add", "--name")]
    [InlineData("tenant-add", "name", "Lakeside")]
    public void ArgumentsAreACommandAndPairs(params string[] args) => Assert.Throws<JobException>(() => Arguments.Parse(args));
}
