namespace EmbedStack.AppHost.Databases;

/// <summary>
/// A database as one role sees it. Under the database's own name, so that consumers see the form of Aspire's
/// <c>WithReference</c>, with the role in place of the superuser.
/// </summary>
internal sealed class DatabaseLogin(IResourceWithConnectionString database, DatabaseRole role)
    : Resource(database.Name), IResourceWithConnectionString
{
    private readonly Dictionary<string, ReferenceExpression> _properties = Properties(database);

    public ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create(
        $"Host={_properties["Host"]};Port={_properties["Port"]};Username={role.Name};Password={role.Password};Database={_properties["DatabaseName"]}");

    IEnumerable<KeyValuePair<string, ReferenceExpression>> IResourceWithConnectionString.GetConnectionProperties() =>
        new Dictionary<string, ReferenceExpression>(_properties)
        {
            ["Username"] = ReferenceExpression.Create($"{role.Name}"),
            ["Password"] = ReferenceExpression.Create($"{role.Password}"),
            ["Uri"] = ReferenceExpression.Create(
                $"postgresql://{role.Name}:{role.Password}@{_properties["Host"]}:{_properties["Port"]}/{_properties["DatabaseName"]}"),
        };

    private static Dictionary<string, ReferenceExpression> Properties(IResourceWithConnectionString database)
    {
        var properties = new Dictionary<string, ReferenceExpression>();
        foreach (var (name, value) in database.GetConnectionProperties())
        {
            properties[name] = value;
        }

        return properties;
    }
}
