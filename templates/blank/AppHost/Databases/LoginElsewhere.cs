namespace EmbedStack.AppHost.Databases;

/// <summary>Your own Postgres as one of its two readers sees it, with what was said of TLS.</summary>
internal sealed class LoginElsewhere(DatabaseElsewhere database, DatabaseRole role) : Resource(database.Name), IResourceWithConnectionString
{
    private readonly IResourceWithConnectionString _login = new DatabaseLogin(database, role);

    public ReferenceExpression ConnectionStringExpression =>
        ReferenceExpression.Create($"{_login.ConnectionStringExpression}{database.Tls}");

    IEnumerable<KeyValuePair<string, ReferenceExpression>> IResourceWithConnectionString.GetConnectionProperties()
    {
        var properties = new Dictionary<string, ReferenceExpression>(_login.GetConnectionProperties());
        if (database.SslMode is { } mode)
        {
            properties["SslMode"] = ReferenceExpression.Create($"{mode}");
        }

        if (database.RootCertificate is { } file)
        {
            properties["RootCertificate"] = ReferenceExpression.Create($"{file}");
        }

        return properties;
    }
}
