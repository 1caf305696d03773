namespace EmbedStack.CustomerData.Stores;

/// <summary>Where a tenant's rows stand.</summary>
/// <param name="Database">Name of the database.</param>
/// <param name="Schema">Name of the schema in it.</param>
internal sealed record Store(string Database, string Schema)
{
    /// <summary>The tables of all customers.</summary>
    public static readonly Store Shared = new("customer", "customer");

    /// <summary>Those who run the installation have no rows of their own: a schema that is not there.</summary>
    public static readonly Store Network = new("customer", "network");
}
