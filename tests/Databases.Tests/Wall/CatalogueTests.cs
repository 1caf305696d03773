namespace EmbedStack.Databases.Tests.Wall;

public class CatalogueTests(Databases databases)
{
    public static TheoryData<string, string> RolesAndDatabases => new MatrixTheoryData<string, string>(
        ["clinic_reader", "clinic_author"], ["clinic", "clinic_hurstville"]);

    [Theory]
    [MemberData(nameof(RolesAndDatabases))]
    public async Task EverythingReadableForcesRowLevelSecurityAndIsNoPartition(string role, string database)
    {
        await using var catalogue = await databases.OpenSuperuserAsync(database);
        Assert.NotEmpty(await catalogue.ListAsync<string>(Catalogue.ReadableRelations(role)));
        Assert.Empty(await catalogue.ListAsync<string>(Catalogue.UnguardedRelations(role)));
    }

    [Theory]
    [InlineData("create table clinic.part partition of clinic.parent for values from (0) to (9); grant select on clinic.part to clinic_reader")]
    [InlineData(
        """
        create table clinic.part partition of clinic.parent for values from (0) to (9); grant select on clinic.part to clinic_reader;
        alter table clinic.part enable row level security, force row level security; create policy open on clinic.part using (true)
        """)]
    [InlineData("create materialized view clinic.part as select * from clinic.appointments; grant select on clinic.part to clinic_reader")]
    [InlineData("create view clinic.part as select * from clinic.appointments; grant select on clinic.part to clinic_reader")]
    [InlineData("create table clinic.part (id int); grant select (id) on clinic.part to clinic_reader")]
    public async Task TheWalkFindsWhatIsNotGuarded(string careless)
    {
        await using var catalogue = await databases.OpenSuperuserAsync("clinic");
        await using var transaction = await catalogue.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await catalogue.ExecuteAsync("create table clinic.parent (id int) partition by range (id)");
        await catalogue.ExecuteAsync(careless);

        Assert.Equal(["clinic.part"], await catalogue.ListAsync<string>(Catalogue.UnguardedRelations("clinic_reader")));
    }

    [Theory]
    [InlineData("clinic", 150)]
    [InlineData("clinic_hurstville", 70)]
    public async Task EveryTableAndPartitionForcesRowLevelSecurity(string database, int atLeast)
    {
        await using var catalogue = await databases.OpenSuperuserAsync(database);
        const string Tables = "from pg_class where relnamespace::regnamespace::text ~ '^(clinic|network)' and relnamespace <> 'clinic_load'::regnamespace and relkind in ('r', 'p')";

        Assert.True(await catalogue.ScalarAsync<long>($"select count(*) {Tables}") > atLeast);
        Assert.Empty(await catalogue.ListAsync<string>($"select oid::regclass::text {Tables} and not (relrowsecurity and relforcerowsecurity)"));
    }

    [Fact]
    public async Task TheOwnerIsBoundByThePoliciesToo()
    {
        await using var owner = await databases.OpenAsync("clinic", "clinic_owner");
        Assert.Equal(0, await owner.ScalarAsync<long>("select count(*) from clinic.appointments"));
    }

    [Theory]
    [InlineData("clinic")]
    [InlineData("clinic_template")]
    [InlineData("clinic_hurstville")]
    public async Task SchemaPublicIsEmptyAndClosed(string database)
    {
        await using var catalogue = await databases.OpenSuperuserAsync(database);
        Assert.Equal(0, await catalogue.ScalarAsync<long>(
            "select count(*) from pg_class where relnamespace = 'public'::regnamespace"));
        Assert.Equal([], await catalogue.ListAsync<string>(
            """
            select rolname from pg_roles
            where rolname ~ '^clinic_' and has_schema_privilege(rolname, 'public', 'usage, create')
            """));
    }
}
