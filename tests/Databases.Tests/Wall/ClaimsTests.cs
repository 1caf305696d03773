namespace EmbedStack.Databases.Tests.Wall;

public class ClaimsTests(Databases databases)
{
    [Theory]
    [InlineData(null, null, null)]
    [InlineData("", "", "")]
    [InlineData("northside", null, null)]
    [InlineData("northside", "", null)]
    [InlineData(null, "admin", null)]
    [InlineData("", "admin", null)]
    [InlineData("nowhere", "admin", null)]
    [InlineData("northside", "network", null)]
    [InlineData("northside", "Admin", null)]
    [InlineData("%", "admin", null)]
    [InlineData("northside' or '1'='1", "admin", null)]
    public async Task WithoutValidClaimsNoRelationHasRows(string? tenant, string? role, string? staff)
    {
        foreach (var login in new[] { "clinic_reader", "clinic_author" })
        {
            await using var reader = await databases.OpenReaderAsync(tenant, role, staff, login);
            var relations = await reader.ListAsync<string>(Catalogue.ReadableRelations);
            Assert.True(relations.Count >= 6, "the reader can read the view and its five tables");
            foreach (var relation in relations)
            {
                Assert.Equal((relation, 0L), (relation, await reader.ScalarAsync<long>($"select count(*) from {relation}")));
            }
        }
    }

    [Theory]
    [InlineData("northside", "admin")]
    [InlineData("harbour", "admin")]
    [InlineData("northside", "staff")]
    [InlineData("harbour", "staff")]
    public async Task ClinicSeesAllOfItsRowsAndNoOthers(string tenant, string role)
    {
        await using var reader = await databases.OpenReaderAsync(tenant, role);
        await using var truth = await databases.OpenSuperuserAsync("clinic");

        foreach (var relation in await reader.ListAsync<string>(Catalogue.ReadableRelations))
        {
            Assert.Equal([tenant], await reader.ListAsync<string>($"select distinct tenant_id from {relation}"));
            Assert.Equal(
                (relation, await truth.ScalarAsync<long>($"select count(*) from {relation} where tenant_id = '{tenant}'")),
                (relation, await reader.ScalarAsync<long>($"select count(*) from {relation}")));
        }
    }

    [Fact]
    public async Task ClinicianSeesOwnAppointmentsWithAssignedPatients()
    {
        await using var reader = await databases.OpenReaderAsync("northside", "clinician", "northside-s03");
        await using var truth = await databases.OpenSuperuserAsync("clinic");
        var expected = await truth.ListAsync<long>(
            """
            select appointment_id from clinic.appointments
            where tenant_id = 'northside' and staff_id = 'northside-s03' and patient_id in (
                select patient_id from clinic.staff_assignments where staff_id = 'northside-s03')
            order by 1
            """);
        var standIns = await truth.ScalarAsync<long>(
            "select count(*) from clinic.appointments where staff_id = 'northside-s03'") - expected.Count;

        Assert.NotEmpty(expected);
        Assert.True(standIns > 0, "the data hold appointments with patients of a colleague");
        Assert.Equal(expected, await reader.ListAsync<long>("select appointment_id from appointments order by 1"));
        Assert.Equal(expected, await reader.ListAsync<long>("select appointment_id from appointment_facts order by 1"));
        Assert.Equal(["northside-s03"], await reader.ListAsync<string>("select staff_id from staff"));
        Assert.Equal(["northside-s03"], await reader.ListAsync<string>("select distinct staff_id from staff_assignments"));
    }

    [Theory]
    [InlineData("northside", "harbour-s01")]
    [InlineData("northside", "nobody")]
    [InlineData("northside", "")]
    [InlineData("northside", null)]
    public async Task ClinicianOfNoOrAnotherClinicSeesNobody(string tenant, string? staff)
    {
        await using var reader = await databases.OpenReaderAsync(tenant, "clinician", staff);

        foreach (var relation in new[] { "appointment_facts", "appointments", "staff", "staff_assignments" })
        {
            Assert.Equal((relation, 0L), (relation, await reader.ScalarAsync<long>($"select count(*) from {relation}")));
        }
    }

    [Fact]
    public async Task PatientsAreWalledTooShouldTheyEverBeGranted()
    {
        await using var truth = await databases.OpenSuperuserAsync("clinic");
        await using var transaction = await truth.BeginTransactionAsync(TestContext.Current.CancellationToken);
        var assigned = await truth.ScalarAsync<long>(
            "select count(*) from clinic.staff_assignments where staff_id = 'harbour-s02'");
        await truth.ExecuteAsync("grant select on clinic.patients to clinic_reader; set local role clinic_reader");

        Assert.Equal(0, await truth.ScalarAsync<long>("select count(*) from clinic.patients"));

        await truth.ExecuteAsync(
            "set local app.tenant_id = 'harbour'; set local app.role = 'clinician'; set local app.staff_id = 'harbour-s02'");
        Assert.Equal(assigned, await truth.ScalarAsync<long>("select count(*) from clinic.patients"));

        await truth.ExecuteAsync("set local app.role = 'admin'");
        Assert.Equal(["harbour"], await truth.ListAsync<string>("select distinct tenant_id from clinic.patients"));
    }
}
