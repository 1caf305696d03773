using System.Diagnostics;
using EmbedStack.ClinicData.Stores;
using EmbedStack.Databases.Tests;
using EmbedStack.Tests.Postgres;
using Npgsql;

[assembly: AssemblyFixture(typeof(Databases))]
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace EmbedStack.Databases.Tests;

/// <summary>The server with everything set up and the small data loaded, as the stack leaves it.</summary>
public class Databases : IAsyncLifetime
{
    public static readonly string[] Roles =
    [
        "keycloak", "superset_meta", "superset_shared", "api", "audit_maintenance",
        "clinic_owner", "clinic_loader", "clinic_reader", "clinic_author",
    ];

    /// <summary>How much is loaded.</summary>
    internal virtual string Scale => "small";

    /// <summary>Whose rows are loaded.</summary>
    protected virtual string TenantsFile => Path.Combine(AppContext.BaseDirectory, "tenants.yaml");

    internal PostgresServer Server { get; } = new("scram-sha-256", "log_statement = all");

    public virtual async ValueTask InitializeAsync()
    {
        await Server.StartAsync();
        Assert.Equal("", (await SetUpAsync()).Error);
        Assert.Equal("", (await LoadAsync()).Error);
    }

    public virtual async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    public static string PasswordOf(string role) => $"{role}-has-a-password-of-its-own";

    public Task<ProgramResult> SetUpAsync(params (string Name, string? Value)[] changes) =>
        ProgramRun.StartAsync("DatabaseSetup", [], [
            ("ConnectionStrings__postgres", ConnectionString("postgres", "postgres", Server.Password)),
            .. Roles.Select(role => ($"DatabaseRoles__{role}", (string?)PasswordOf(role))),
            .. changes,
        ]);

    public Task<ProgramResult> LoadAsync(params (string Name, string? Value)[] changes) => LoadAsync([], changes);

    public Task<ProgramResult> LoadAsync(string[] arguments, params (string Name, string? Value)[] changes) =>
        ProgramRun.StartAsync("ClinicData", arguments, LoadEnvironment(changes));

    /// <summary>A load that the test may interrupt.</summary>
    public Process StartLoad(params (string Name, string? Value)[] changes) =>
        ProgramRun.Start("ClinicData", [], LoadEnvironment(changes));

    /// <summary>The ways in that the loader and the tenants tool use.</summary>
    internal ClinicServer Clinics => new(
        ConnectionString("clinic", "clinic_owner"),
        //#if (clinics)
        ConnectionString("clinic", "clinic_loader"),
        //#endif
        ConnectionString("embedstack", "clinic_loader"));

    public Task<NpgsqlConnection> OpenSuperuserAsync(string database) =>
        OpenAsync(ConnectionString(database, "postgres", Server.Password));

    public Task<NpgsqlConnection> OpenAsync(string database, string role) => OpenAsync(ConnectionString(database, role));

    /// <summary>Connects to the clinic database as Superset does for a guest; a claim that is null is not sent.</summary>
    public Task<NpgsqlConnection> OpenReaderAsync(
        string? tenant, string? role, string? staff = null, string login = "clinic_reader", string database = "clinic", string schema = "clinic")
    {
        string?[] options = [Option("tenant_id", tenant), Option("role", role), Option("staff_id", staff), $"-c search_path={schema}"];
        return OpenAsync(new NpgsqlConnectionStringBuilder(ConnectionString(database, login))
        {
            Options = string.Join(' ', options.Where(option => option is not null)),
        }.ConnectionString);
    }

    public string ConnectionString(string database, string role, string? password = null) =>
        new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = Server.Port,
            Database = database,
            Username = role,
            Password = password ?? PasswordOf(role),
            Pooling = false,
            Timeout = 10,
            CommandTimeout = 300,
        }.ConnectionString;

    private (string Name, string? Value)[] LoadEnvironment((string Name, string? Value)[] changes) =>
    [
        ("ConnectionStrings__clinic-db", ConnectionString("clinic", "clinic_owner")),
        ("ConnectionStrings__embedstack-db", ConnectionString("embedstack", "clinic_loader")),
        .. Sample.LoadsBy(this),
        ("Tenants__File", TenantsFile),
        .. changes,
    ];

    private static string? Option(string name, string? value) =>
        value is null ? null : $"-c app.{name}={value.Replace("\\", "\\\\").Replace(" ", "\\ ")}";

    private static async Task<NpgsqlConnection> OpenAsync(string connectionString)
    {
        var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        return connection;
    }
}
