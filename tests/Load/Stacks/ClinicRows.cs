using EmbedStack.Tests.Postgres;

namespace EmbedStack.Load.Stacks;

/// <summary>The clinics' rows in another server, by the programs that load them into ours.</summary>
internal sealed class ClinicRows(Workplace place, int port)
{
    private static readonly string[] Roles =
        ["keycloak", "superset_meta", "superset_shared", "api", "audit_maintenance", "clinic_owner", "clinic_loader", "clinic_reader", "clinic_author"];

    public async Task LoadAsync(CancellationToken cancellation)
    {
        // The server trusts everybody on loopback.
        var setup = Roles.ToDictionary(role => $"DatabaseRoles__{role}", role => $"password-of-{role}");
        setup["ConnectionStrings__postgres"] = Connection(PostgresServer.Superuser, "postgres");
        await RunAsync("DatabaseSetup", setup, cancellation);
        await RunAsync("ClinicData", new()
        {
            ["ConnectionStrings__clinic-db"] = Connection("clinic_owner", "clinic"),
            ["ConnectionStrings__clinic-db-loader"] = Connection("clinic_loader", "clinic"),
            ["ConnectionStrings__embedstack-db"] = Connection("clinic_loader", "embedstack"),
            ["Tenants__File"] = Path.Combine(place.Root, "ClinicData", "tenants.yaml"),
            ["ClinicData__Scale"] = "small",
        }, cancellation);
    }

    private Task<string> RunAsync(string program, Dictionary<string, string> environment, CancellationToken cancellation) => ChildProcess.RunAsync(
        place.Root, environment, ["dotnet", Path.Combine(Path.GetDirectoryName(place.AppHost)!, "..", "..", program, "release", $"{program}.dll")], cancellation);

    private string Connection(string role, string database) => $"Host=127.0.0.1;Port={port};Username={role};Database={database}";
}
