namespace EmbedStack.AppHost.Tenancy;

/// <summary>What the program is given that makes tables, walls and the tenants' records.</summary>
internal static class CustomerDataExtensions
{
    /// <summary>Gives it its databases, the tenants, and the command that writes the sample's rows anew.</summary>
    /// <param name="customerData">The program.</param>
    /// <param name="customerDb">Where rows stand.</param>
    /// <param name="embedstackDb">Where the tenants' records stand.</param>
    /// <param name="roles">Who it is there.</param>
    /// <param name="settings">What the configuration says.</param>
    public static IResourceBuilder<T> WithCustomerData<T>(
        this IResourceBuilder<T> customerData,
        IResourceBuilder<IResourceWithConnectionString> customerDb,
        IResourceBuilder<IResourceWithConnectionString> embedstackDb,
        DatabaseRoles roles,
        StackSettings settings)
        where T : IResourceWithEnvironment
    {
        var elsewhere = DatabaseElsewhere.Of(customerDb.ApplicationBuilder);
        return customerData
            .WithReference(customerDb.As(roles.CustomerOwner))
            .WithReference(customerDb.As(roles.CustomerReader), "customer-db-reader")
            .WithReference(customerDb.As(roles.CustomerAuthor), "customer-db-author")
            .WithReference(embedstackDb.As(roles.CustomerLoader))
            .WithTenants()
            .WithEnvironment("CustomerData__Elsewhere", elsewhere is null ? "false" : "true")
            .WithEnvironment("CustomerData__Schema", elsewhere?.Schema ?? "customer")
            .WithReseedCommand();
    }
}
