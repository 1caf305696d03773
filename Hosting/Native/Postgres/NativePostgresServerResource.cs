using Aspire.Hosting.Native;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>
/// A resource that represents a PostgreSQL server that runs as a local process.
/// </summary>
public class NativePostgresServerResource : ExecutableResource, IResourceWithConnectionString
{
    internal const string PrimaryEndpointName = "tcp";
    private const string UserName = "postgres";

    private readonly List<NativePostgresDatabaseResource> _databases = [];

    /// <summary>
    /// Initializes a new instance of the <see cref="NativePostgresServerResource"/> class.
    /// </summary>
    /// <param name="name">The name of the resource.</param>
    /// <param name="dataDirectory">The absolute path of the data directory.</param>
    /// <param name="password">A parameter that contains the password of the superuser, <c>postgres</c>.</param>
    public NativePostgresServerResource(string name, string dataDirectory, ParameterResource password)
        : base(name, NativeScript.Shell, NativeScript.WorkingDirectory)
    {
        ArgumentException.ThrowIfNullOrEmpty(dataDirectory);
        ArgumentNullException.ThrowIfNull(password);

        DataDirectory = dataDirectory;
        PasswordParameter = password;
        PrimaryEndpoint = new(this, PrimaryEndpointName);
    }

    /// <summary>
    /// Gets the primary endpoint of the server.
    /// </summary>
    public EndpointReference PrimaryEndpoint { get; }

    /// <summary>
    /// Gets the absolute path of the data directory.
    /// </summary>
    public string DataDirectory { get; }

    /// <summary>
    /// Gets the parameter that contains the superuser's password.
    /// </summary>
    public ParameterResource PasswordParameter { get; }

    /// <summary>
    /// Gets the databases that are created when the server is ready.
    /// </summary>
    public IReadOnlyList<NativePostgresDatabaseResource> Databases => _databases;

    /// <summary>
    /// Gets the host of the server.
    /// </summary>
    public EndpointReferenceExpression Host => PrimaryEndpoint.Property(EndpointProperty.Host);

    /// <summary>
    /// Gets the port of the server.
    /// </summary>
    public EndpointReferenceExpression Port => PrimaryEndpoint.Property(EndpointProperty.Port);

    /// <summary>
    /// Gets the connection string, <c>Host=…;Port=…;Username=postgres;Password=…</c>.
    /// </summary>
    public ReferenceExpression ConnectionStringExpression =>
        ReferenceExpression.Create($"Host={Host};Port={Port};Username={UserName};Password={PasswordParameter}");

    /// <summary>
    /// Gets the connection URI, <c>postgresql://postgres:…@host:port</c>.
    /// </summary>
    public ReferenceExpression UriExpression => BuildUri();

    /// <summary>
    /// Gets the JDBC connection string, <c>jdbc:postgresql://host:port</c>, without user and password.
    /// </summary>
    public ReferenceExpression JdbcConnectionString => BuildJdbcConnectionString();

    internal string? Binaries { get; set; }

    internal bool ThrowAwayData { get; set; }

    internal Dictionary<string, string> Settings { get; } = new(StringComparer.Ordinal);

    internal TaskCompletionSource DatabasesCreated { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal void Add(NativePostgresDatabaseResource database) => _databases.Add(database);

    internal ReferenceExpression BuildUri(string? databaseName = null) =>
        databaseName is null
            ? ReferenceExpression.Create($"postgresql://{UserName:uri}:{PasswordParameter:uri}@{Host}:{Port}")
            : ReferenceExpression.Create($"postgresql://{UserName:uri}:{PasswordParameter:uri}@{Host}:{Port}/{databaseName:uri}");

    internal ReferenceExpression BuildJdbcConnectionString(string? databaseName = null) =>
        databaseName is null
            ? ReferenceExpression.Create($"jdbc:postgresql://{Host}:{Port}")
            : ReferenceExpression.Create($"jdbc:postgresql://{Host}:{Port}/{databaseName:uri}");

    IEnumerable<KeyValuePair<string, ReferenceExpression>> IResourceWithConnectionString.GetConnectionProperties() =>
    [
        new("Host", ReferenceExpression.Create($"{Host}")),
        new("Port", ReferenceExpression.Create($"{Port}")),
        new("Username", ReferenceExpression.Create($"{UserName}")),
        new("Password", ReferenceExpression.Create($"{PasswordParameter}")),
        new("Uri", UriExpression),
        new("JdbcConnectionString", JdbcConnectionString),
    ];
}
