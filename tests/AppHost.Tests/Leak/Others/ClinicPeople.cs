using Aspire.Hosting.Testing;
using EmbedStack.AppHost.Tests.Leak.Oracle;
using EmbedStack.AppHost.Tests.Stack;
using Npgsql;

namespace EmbedStack.AppHost.Tests.Leak.Others;

/// <summary>What tells a clinic from another: its names, its staff, its patients.</summary>
internal sealed record ClinicPeople(string Tenant, string Name, IReadOnlyList<string> StaffTexts, IReadOnlyList<string> PatientNames, IReadOnlyList<string> Patients)
{
    private static readonly Once<IReadOnlyList<ClinicPeople>> Known = new(LoadAsync);

    public IEnumerable<string> Names => [Tenant, Name, .. StaffTexts];

    public IEnumerable<string> Texts => [.. Names, .. PatientNames];

    public static Task<IReadOnlyList<ClinicPeople>> ReadAsync(StackFixture stack) => Known.OfAsync(stack);

    private static async Task<IReadOnlyList<ClinicPeople>> LoadAsync(StackFixture stack)
    {
        var clinics = new List<ClinicPeople>();
        foreach (var (key, name, database, schema) in await TenantsAsync(stack))
        {
            var staff = await ClinicOracle.ReadAsync(stack, database, $"select staff_id, name from {schema}.staff where tenant_id = '{key}'");
            var patients = await ClinicOracle.ReadAsync(stack, database, $"select patient_id::text, name from {schema}.patients where tenant_id = '{key}'");
            clinics.Add(new ClinicPeople(
                key, name, [.. staff.Lines.SelectMany(line => line)], [.. patients.Lines.Select(line => line[1])], [.. patients.Lines.Select(line => line[0])]));
        }

        return clinics;
    }

    private static async Task<List<(string Key, string Name, string Database, string Schema)>> TenantsAsync(StackFixture stack)
    {
        await using var source = NpgsqlDataSource.Create((await stack.Application.GetConnectionStringAsync("embedstack-db"))!);
        await using var command = source.CreateCommand("select key, name, database, schema from shared.tenants where kind = 'clinic'");
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var tenants = new List<(string, string, string, string)>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            tenants.Add((reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetString(3)));
        }

        return tenants;
    }
}
