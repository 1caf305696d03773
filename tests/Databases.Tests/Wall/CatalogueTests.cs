namespace EmbedStack.Databases.Tests.Wall;

public class CatalogueTests(Databases databases)
{
    [Theory]
    [InlineData("clinic_reader")]
    [InlineData("clinic_author")]
    public async Task EverythingReadableForcesRowLevelSecurity(string role)
    {
        await using var catalogue = await databases.OpenSuperuserAsync("clinic");
        Assert.Empty(await catalogue.ListAsync<string>(Catalogue.UnguardedRelations(role)));
    }

    [Theory]
    [InlineData("create table clinic.part partition of clinic.parent for values from (0) to (9); grant select on clinic.part to clinic_reader")]
    [InlineData("create materialized view clinic.part as select * from clinic.appointments; grant select on clinic.part to clinic_reader")]
    [InlineData("create view clinic.part as select * from clinic.appointments; grant select on clinic.part to clinic_reader")]
    public async Task TheWalkFindsWhatIsNotGuarded(string careless)
    {
        await using var catalogue = await databases.OpenSuperuserAsync("clinic");
        await using var transaction = await catalogue.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await catalogue.ExecuteAsync("create table clinic.parent (id int) partition by range (id)");
        await catalogue.ExecuteAsync(careless);

        Assert.Equal(["clinic.part"], await catalogue.ListAsync<string>(Catalogue.UnguardedRelations("clinic_reader")));
    }

    [Fact]
    public async Task EveryTableOfTheClinicForcesRowLevelSecurity()
    {
        await using var catalogue = await databases.OpenSuperuserAsync("clinic");
        var open = await catalogue.ListAsync<string>(
            """
            select relname from pg_class
            where relnamespace = 'clinic'::regnamespace and relkind in ('r', 'p')
              and not (relrowsecurity and relforcerowsecurity)
            """);
        Assert.Empty(open);
    }

    [Fact]
    public async Task TheOwnerIsBoundByThePoliciesToo()
    {
        await using var owner = await databases.OpenAsync("clinic", "clinic_owner");
        Assert.Equal(0, await owner.ScalarAsync<long>("select count(*) from clinic.appointments"));
    }

    [Fact]
    public async Task SchemaPublicIsEmptyAndClosed()
    {
        await using var catalogue = await databases.OpenSuperuserAsync("clinic");
        Assert.Equal(0, await catalogue.ScalarAsync<long>(
            "select count(*) from pg_class where relnamespace = 'public'::regnamespace"));
        Assert.Equal([], await catalogue.ListAsync<string>(
            """
            select rolname from pg_roles
            where rolname ~ '^clinic_' and has_schema_privilege(rolname, 'public', 'usage, create')
            """));
    }
}
