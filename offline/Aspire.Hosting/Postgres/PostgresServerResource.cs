namespace Aspire.Hosting.ApplicationModel;

/// <summary>A PostgreSQL server in a container.</summary>
public partial class PostgresServerResource : ContainerResource, IResourceWithConnectionString
{
    internal const string PrimaryEndpointName = "tcp";
    private const string DefaultUserName = "postgres";

    private readonly Dictionary<string, string> _databases = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Makes the resource.</summary>
    /// <param name="name">The resource's name.</param>
    /// <param name="userName">The superuser; by default <c>postgres</c>.</param>
    /// <param name="password">The superuser's password.</param>
    public PostgresServerResource(string name, ParameterResource? userName, ParameterResource password)
        : base(name)
    {
        ArgumentNullException.ThrowIfNull(password);
        (UserNameParameter, PasswordParameter) = (userName, password);
        PrimaryEndpoint = new EndpointReference(this, PrimaryEndpointName);
    }

    /// <summary>Where it listens.</summary>
    public EndpointReference PrimaryEndpoint { get; }

    /// <summary>The host.</summary>
    public EndpointReferenceExpression Host => PrimaryEndpoint.Property(EndpointProperty.Host);

    /// <summary>The port.</summary>
    public EndpointReferenceExpression Port => PrimaryEndpoint.Property(EndpointProperty.Port);

    /// <summary>The superuser, or null for <c>postgres</c>.</summary>
    public ParameterResource? UserNameParameter { get; set; }

    /// <summary>The superuser's password.</summary>
    public ParameterResource PasswordParameter { get; set; }

    /// <summary>The superuser.</summary>
    public ReferenceExpression UserNameReference => UserNameParameter is null
        ? ReferenceExpression.Create($"{DefaultUserName}")
        : ReferenceExpression.Create($"{UserNameParameter}");

    /// <summary>The databases: names by resource.</summary>
    public IReadOnlyDictionary<string, string> Databases => _databases;

    internal void AddDatabase(string resourceName, string databaseName) => _databases.TryAdd(resourceName, databaseName);
}
