namespace EmbedStack.Databases.Tests.Wall;

public class ClaimsTests(Databases databases)
{
    private static readonly string[] Facts =
        ["appointment_facts", "revenue_facts", "staff_utilisation", "outcome_facts", "clinic_benchmarks", "staff_assignments"];

    public static TheoryData<string?, string?, string?> InvalidClaims => new()
    {
        { null, null, null },
        { "", "", "" },
        { "northside", null, null },
        { "northside", "", null },
        { null, "admin", null },
        { "", "admin", null },
        { "nowhere", "admin", null },
        { "nowhere", "clinician", "northside-01" },
        { "northside", "network", null },
        { "nowhere", "network", null },
        { "northside", "Admin", null },
        { "%", "admin", null },
        { "northside' or '1'='1", "admin", null },
        { "sydney-network", "admin", null },
        { "sydney-network", "staff", null },
        { "northside", "clinician", "harbour-01" },
        { "northside", "clinician", "nobody" },
        { "northside", "clinician", "" },
        { "northside", "clinician", null },
    };

    public static TheoryData<string, string, string> Stores => new()
    {
        { "northside", "clinic", "clinic" },
        { "manly", "clinic", "clinic_manly" },
        { "hurstville", "clinic_hurstville", "clinic" },
    };

    [Theory]
    [MemberData(nameof(InvalidClaims))]
    public async Task WithoutValidClaimsNoRelationHasRows(string? tenant, string? role, string? staff)
    {
        foreach (var database in new[] { "clinic", "clinic_hurstville" })
        {
            await using var server = await databases.OpenSuperuserAsync(database);
            foreach (var login in new[] { "clinic_reader", "clinic_author" })
            {
                await using var reader = await databases.OpenReaderAsync(tenant, role, staff, login, database);
                var seen = new List<string>();
                foreach (var relation in await server.ListAsync<string>(Catalogue.ReadableRelations(login)))
                {
                    // Those whom the clinic does not know are nobody; a clinician without a staff id has the names of the clinic alone.
                    if (!relation.EndsWith(".clinics", StringComparison.Ordinal)
                        && await reader.ScalarAsync<long>($"select count(*) from {relation}") is var rows and not 0)
                    {
                        seen.Add($"{database}: {relation}: {rows}");
                    }
                }

                Assert.Empty(seen);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public Task AdministratorSeesTheOwnClinic(string tenant, string database, string schema) => AssertSeesAsync(
        tenant, "admin", null, database, schema, view => view == "clinic_benchmarks"
            ? $"tenant_id = '{tenant}' or tenant_id is null"
            : $"tenant_id = '{tenant}'");

    [Theory]
    [MemberData(nameof(Stores))]
    public Task FrontDeskSeesNeitherMoneyNorOutcomes(string tenant, string database, string schema) => AssertSeesAsync(
        tenant, "staff", null, database, schema, view => view is "appointment_facts" or "staff_utilisation" or "staff_assignments"
            ? $"tenant_id = '{tenant}'"
            : "false");

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task ClinicianSeesOwnWorkAndAssignedPatients(string tenant, string database, string schema)
    {
        var staff = $"{tenant}-02";
        var own = $"tenant_id = '{tenant}' and staff_id = '{staff}'";
        var assigned = $"patient_id in (select patient_id from {schema}.staff_assignments where staff_id = '{staff}')";
        await AssertSeesAsync(tenant, "clinician", staff, database, schema, view => view switch
        {
            "appointment_facts" => $"{own} and {assigned}",
            "outcome_facts" => $"tenant_id = '{tenant}' and {assigned}",
            "clinic_benchmarks" => $"tenant_id = '{tenant}' or tenant_id is null",
            _ => own,
        });

        // The data tell the cells of the table apart: stand-ins, and colleagues' treatment of assigned patients.
        await using var truth = await databases.OpenSuperuserAsync(database);
        Assert.NotEqual(0, await truth.ScalarAsync<long>($"select count(*) from {schema}.appointments where {own} and not {assigned}"));
        Assert.NotEqual(0, await truth.ScalarAsync<long>($"select count(*) from {schema}.outcomes where {assigned} and staff_id <> '{staff}'"));
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task NobodyElsesStoreHasRowsForAClinic(string tenant, string database, string schema)
    {
        foreach (var (other, otherDatabase, otherSchema) in new[]
        {
            ("northside", "clinic", "clinic"), ("manly", "clinic", "clinic_manly"), ("hurstville", "clinic_hurstville", "clinic"),
            ("sydney-network", "clinic", "network"),
        }.Where(other => other.Item1 != tenant))
        {
            await using var reader = await databases.OpenReaderAsync(tenant, "admin", null, "clinic_reader", otherDatabase, otherSchema);
            foreach (var view in otherSchema == "network" ? ["network_daily", "clinic_benchmarks"] : Facts)
            {
                Assert.Equal((other, view, 0L), (other, view, await reader.ScalarAsync<long>($"select count(*) from {view}")));
            }
        }

        await using var own = await databases.OpenReaderAsync(tenant, "admin", null, "clinic_reader", database, schema);
        Assert.NotEqual(0, await own.ScalarAsync<long>("select count(*) from appointment_facts"));
    }

    [Fact]
    public async Task LeadershipSeesTheFiguresOfAllClinicsAndNothingElse()
    {
        await using var server = await databases.OpenSuperuserAsync("clinic");
        await using var reader = await databases.OpenReaderAsync("sydney-network", "network", schema: "network");
        foreach (var relation in await server.ListAsync<string>(Catalogue.ReadableRelations("clinic_reader")))
        {
            var sees = relation is "network.network_daily" or "network.clinic_benchmarks" or "network.networks";
            Assert.Equal(
                (relation, sees ? await server.ScalarAsync<long>($"select count(*) from {relation}") : 0),
                (relation, await reader.ScalarAsync<long>($"select count(*) from {relation}")));
        }

        Assert.Equal(12, await reader.ScalarAsync<long>("select count(distinct tenant_id) from network_daily"));
    }

    [Fact]
    public async Task WhatReadersAreNotGrantedIsWalledTooShouldItEverBe()
    {
        await using var truth = await databases.OpenSuperuserAsync("clinic");
        await using var transaction = await truth.BeginTransactionAsync(TestContext.Current.CancellationToken);
        var assigned = await truth.ScalarAsync<long>(
            "select count(*) from clinic.staff_assignments where staff_id = 'harbour-02'");
        await truth.ExecuteAsync(
            """
            grant select on clinic.patients, clinic.services, clinic.payers, clinic.payments to clinic_reader;
            set local role clinic_reader
            """);

        foreach (var table in new[] { "patients", "services", "payers", "payments" })
        {
            Assert.Equal((table, 0), (table, await truth.ScalarAsync<long>($"select count(*) from clinic.{table}")));
        }

        await truth.ExecuteAsync(
            "set local app.tenant_id = 'harbour'; set local app.role = 'clinician'; set local app.staff_id = 'harbour-02'");
        Assert.Equal(assigned, await truth.ScalarAsync<long>("select count(*) from clinic.patients"));
        Assert.Equal(["harbour-02"], await truth.ListAsync<string>("select distinct staff_id from clinic.payments"));

        await truth.ExecuteAsync("set local app.role = 'admin'");
        Assert.Equal(["harbour"], await truth.ListAsync<string>("select distinct tenant_id from clinic.patients"));
        Assert.Equal(["harbour"], await truth.ListAsync<string>("select distinct tenant_id from clinic.payments"));

        // Money is no business of the front desk.
        await truth.ExecuteAsync("set local app.role = 'staff'");
        Assert.Equal(0, await truth.ScalarAsync<long>("select count(*) from clinic.payments"));
    }

    private async Task AssertSeesAsync(
        string tenant, string role, string? staff, string database, string schema, Func<string, string> condition)
    {
        await using var truth = await databases.OpenSuperuserAsync(database);
        foreach (var login in new[] { "clinic_reader", "clinic_author" })
        {
            await using var reader = await databases.OpenReaderAsync(tenant, role, staff, login, database, schema);
            foreach (var view in Facts)
            {
                var expected = await truth.ListAsync<string>($"select t::text from {schema}.{view} t where {condition(view)}");
                var seen = await reader.ListAsync<string>($"select t::text from {view} t");
                Assert.True(
                    expected.Order(StringComparer.Ordinal).SequenceEqual(seen.Order(StringComparer.Ordinal)),
                    $"{login} sees {seen.Count} rows of {view}, {expected.Count} are theirs");
            }
        }
    }
}
