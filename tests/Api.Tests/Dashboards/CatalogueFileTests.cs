using EmbedStack.Api.Dashboards;
using EmbedStack.Api.GuestTokens;
using EmbedStack.Api.Tests.GuestTokens;

namespace EmbedStack.Api.Tests.Dashboards;

public sealed class CatalogueFileTests
{
    private const string Good = """
        dashboards:
          - {key: clinic, title: Clinic, uuid: aaaaaaaa-0000-4000-8000-000000000001, embedded_uuid: aaaaaaaa-0000-4000-8000-000000000002, datasets: [a], roles: [admin]}
        row_terms:
          own: "tenant_id = {tenant}"
          mine: "staff_id = {staff}"
        datasets:
          - key: a
            rows: {admin: [own], clinician: [own, mine]}
        """;

    [Fact]
    public void RulesAreReadFromTheFile()
    {
        var file = Read(Good);
        Assert.Equal("tenant_id = 'northside'", file.Rules.Clause("a", TestPersons.Of("admin")));
        Assert.Equal("tenant_id = 'northside' AND staff_id = 's-1'", file.Rules.Clause("a", TestPersons.Of("clinician")));
        Assert.Null(file.Rules.Clause("a", TestPersons.Of("network")));
        Assert.Null(file.Rules.Clause("b", TestPersons.Of("admin")));
    }

    [Theory]
    [InlineData("clinician: [own, mine]", "owner: [own]", "role 'owner', which is none")]
    [InlineData("clinician: [own, mine]", "clinician: [other]", "term 'other', which row_terms lacks")]
    [InlineData("clinician: [own, mine]", "clinician: []", "no term, or one of a staff member")]
    [InlineData("clinician: [own, mine]", "staff: [mine]", "no term, or one of a staff member")]
    [InlineData("datasets: [a]", "datasets: [a, b]", "dashboard 'clinic' names dataset 'b'")]
    [InlineData("roles: [admin]", "roles: [owner]", "dashboard 'clinic' names role 'owner'")]
    [InlineData("aaaaaaaa-0000-4000-8000-000000000001", "x", "catalog.yaml: ")]
    [InlineData("row_terms:", "row_terms: [", "catalog.yaml: ")]
    public void FileThatContradictsItselfIsRefused(string old, string changed, string cause)
    {
        var refusal = Assert.Throws<InvalidDataException>(() => Read(Good.Replace(old, changed, StringComparison.Ordinal)));
        Assert.Contains(cause, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tenant_id = {person}", "has an unknown placeholder")]
    [InlineData("tenant_id IN ({person})", "has an unknown placeholder")]
    [InlineData("tenant_id = '{tenant}'", "has an unknown placeholder")]
    [InlineData("tenant_id = {tenant", "has an unknown placeholder")]
    [InlineData("tenant_id = {tenant} OR 1 = 1", "needs parentheses around its OR")]
    [InlineData("tenant_id = {tenant}) OR (1 = 1", "is not one plain condition")]
    [InlineData("tenant_id = {tenant} -- own", "is not one plain condition")]
    [InlineData("(tenant_id = {tenant} /* own */)", "is not one plain condition")]
    [InlineData("tenant_id = {tenant}; select 1", "is not one plain condition")]
    [InlineData("tenant_id = 'a", "is not one plain condition")]
    [InlineData("tenant_id = $$a$$", "is not one plain condition")]
    [InlineData("tenant_id = (", "is not one plain condition")]
    [InlineData("  ", "is empty")]
    public void TermThatCouldMeanSomethingElseIsRefused(string sql, string cause)
    {
        var refusal = Assert.Throws<InvalidDataException>(() => RowTerm.Parse("own", sql));
        Assert.Contains($"row term 'own' {cause}", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1 = 1", "1 = 1")]
    [InlineData("(tenant_id = {tenant} OR scope = 'net -- work')", "(tenant_id = 'northside' OR scope = 'net -- work')")]
    public void PlainTermsAreWrittenAsTheyStand(string sql, string clause) => Assert.Equal(clause, RowTerm.Parse("own", sql).Render(TestPersons.Of("admin")));

    private static CatalogueFile Read(string text)
    {
        var folder = Directory.CreateTempSubdirectory("embedstack-catalogue-");
        try
        {
            var path = Path.Combine(folder.FullName, "catalog.yaml");
            File.WriteAllText(path, text);
            return CatalogueFile.Read(path);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
