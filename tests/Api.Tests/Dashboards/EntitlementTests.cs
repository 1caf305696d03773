using EmbedStack.Api.Dashboards;
using EmbedStack.Api.Tests.GuestTokens;

namespace EmbedStack.Api.Tests.Dashboards;

public sealed class EntitlementTests
{
    [Theory]
    [InlineData("admin", "*", "", true)]
    [InlineData("admin", "northside", "", true)]
    [InlineData("admin", "harbour", "", false)]
    [InlineData("staff", "*", "", false)]
    [InlineData("admin", "*", """{"region":["nsw","vic"]}""", true)]
    [InlineData("admin", "*", """{"region":["vic"]}""", false)]
    [InlineData("admin", "*", """{"region":["NSW"]}""", false)]
    [InlineData("admin", "*", """{"region":["nsw"],"department":["cardiology"]}""", false)]
    [InlineData("admin", "*", """{"region":[]}""", false)]
    [InlineData("admin", "*", """{"region":"nsw"}""", false)]
    [InlineData("admin", "*", """{"region":[1]}""", false)]
    public void ConditionsNeedOneOfTheValuesForEveryName(string role, string tenant, string conditions, bool opens)
    {
        var person = TestPersons.Of("admin") with { Attributes = new Dictionary<string, string> { ["region"] = "nsw" } };
        var entitlement = new Entitlement("clinic", role, tenant, EntitlementConditions.Read(conditions.Length > 0 ? conditions : "{}"));
        Assert.Equal(opens, entitlement.IsFor(person));
    }
}
