namespace Aspire.Hosting.ApplicationModel;

public partial class PostgresServerResource
{
    /// <summary>The connection string, in Npgsql's form and without a database.</summary>
    public ReferenceExpression ConnectionStringExpression => Redirect?.ConnectionStringExpression
        ?? ReferenceExpression.Create($"Host={Host};Port={Port};Username={UserNameReference};Password={PasswordParameter}");

    /// <summary>The connection as <c>postgresql://user:password@host:port</c>.</summary>
    public ReferenceExpression UriExpression => BuildUri(databaseName: null);

    /// <summary>The connection as <c>jdbc:postgresql://host:port</c>, without user and password.</summary>
    public ReferenceExpression JdbcConnectionString => BuildJdbcConnectionString(databaseName: null);

    private IResourceWithConnectionString? Redirect
        => this.TryGetLastAnnotation<ConnectionStringRedirectAnnotation>(out var redirect) ? redirect.Resource : null;

    /// <summary>The connection string as seen from this process, waiting until the endpoint has an address.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The connection string, in Npgsql's form and without a database.</returns>
    public ValueTask<string?> GetConnectionStringAsync(CancellationToken cancellationToken = default)
        => Redirect?.GetConnectionStringAsync(cancellationToken) ?? ConnectionStringExpression.GetValueAsync(cancellationToken);

    IEnumerable<KeyValuePair<string, ReferenceExpression>> IResourceWithConnectionString.GetConnectionProperties() =>
    [
        new("Host", ReferenceExpression.Create($"{Host}")),
        new("Port", ReferenceExpression.Create($"{Port}")),
        new("Username", UserNameReference),
        new("Password", ReferenceExpression.Create($"{PasswordParameter}")),
        new("Uri", UriExpression),
        new("JdbcConnectionString", JdbcConnectionString),
    ];

    internal ReferenceExpression BuildUri(string? databaseName)
    {
        var uri = new ReferenceExpressionBuilder();
        uri.AppendLiteral("postgresql://");
        if (UserNameParameter is { } userName)
        {
            uri.AppendFormatted(userName, "uri");
        }
        else
        {
            uri.AppendFormatted(DefaultUserName, "uri");
        }

        uri.Append($":{PasswordParameter:uri}@");
        AppendAddress(uri, databaseName);
        return uri.Build();
    }

    internal ReferenceExpression BuildJdbcConnectionString(string? databaseName)
    {
        var url = new ReferenceExpressionBuilder();
        url.AppendLiteral("jdbc:postgresql://");
        AppendAddress(url, databaseName);
        return url.Build();
    }

    private void AppendAddress(ReferenceExpressionBuilder url, string? databaseName)
    {
        url.Append($"{Host}:{Port}");
        if (databaseName is not null)
        {
            url.Append($"/{databaseName:uri}");
        }
    }
}
