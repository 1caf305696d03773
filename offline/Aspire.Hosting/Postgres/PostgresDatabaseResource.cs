using System.Data.Common;
using System.Diagnostics;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A database of a PostgreSQL server.</summary>
[DebuggerDisplay("Type = {GetType().Name,nq}, Name = {Name}, Database = {DatabaseName}")]
public class PostgresDatabaseResource : Resource, IResourceWithParent<PostgresServerResource>, IResourceWithConnectionString
{
    /// <summary>Makes the resource.</summary>
    /// <param name="name">The resource's name.</param>
    /// <param name="databaseName">The database's name.</param>
    /// <param name="postgresParentResource">The server.</param>
    public PostgresDatabaseResource(string name, string databaseName, PostgresServerResource postgresParentResource)
        : base(name)
    {
        ArgumentException.ThrowIfNullOrEmpty(databaseName);
        ArgumentNullException.ThrowIfNull(postgresParentResource);
        (DatabaseName, Parent) = (databaseName, postgresParentResource);
    }

    /// <inheritdoc />
    public PostgresServerResource Parent { get; }

    /// <summary>The database's name.</summary>
    public string DatabaseName { get; }

    /// <inheritdoc />
    public ReferenceExpression ConnectionStringExpression
    {
        get
        {
            var database = new DbConnectionStringBuilder { ["Database"] = DatabaseName }.ToString();
            return ReferenceExpression.Create($"{Parent};{database}");
        }
    }

    /// <summary>The connection as a URI.</summary>
    public ReferenceExpression UriExpression => Parent.BuildUri(DatabaseName);

    /// <summary>The connection for JDBC, without user and password.</summary>
    public ReferenceExpression JdbcConnectionString => Parent.BuildJdbcConnectionString(DatabaseName);

    IEnumerable<KeyValuePair<string, ReferenceExpression>> IResourceWithConnectionString.GetConnectionProperties() => Parent.CombineProperties(
    [
        new("DatabaseName", ReferenceExpression.Create($"{DatabaseName}")),
        new("Uri", UriExpression),
        new("JdbcConnectionString", JdbcConnectionString),
    ]);
}
