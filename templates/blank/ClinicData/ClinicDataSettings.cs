using EmbedStack.CustomerData.Stores;
using Microsoft.Extensions.Configuration;
using Npgsql;

namespace EmbedStack.CustomerData;

/// <summary>What the run is told by its environment.</summary>
/// <param name="Owner">Connection of customer_owner: tables and policies of the stack's own database.</param>
/// <param name="Reader">Connection of customer_reader, to wherever the rows stand.</param>
/// <param name="Author">Connection of customer_author, to the same place.</param>
/// <param name="Shared">Connection of customer_loader: the tenants' records and the data version.</param>
/// <param name="Tenants">The product's tenants.</param>
/// <param name="Reseed">Whether to write the sample's rows anew.</param>
/// <param name="IsElsewhere">Whether the rows stand in a database that is not the stack's: nothing is written there.</param>
internal sealed record CustomerDataSettings(
    string Owner, string Reader, string Author, string Shared, IReadOnlyList<Tenant> Tenants, bool Reseed, bool IsElsewhere)
{
    /// <summary>Where the rows of a database that is not the stack's stand.</summary>
    public Store Elsewhere
    {
        get
        {
            var reader = new NpgsqlConnectionStringBuilder(Reader);
            return new Store(reader.Database ?? "", reader.SearchPath ?? "public");
        }
    }

    public static CustomerDataSettings Read(IConfiguration configuration, string[] args) => new(
        Connection(configuration, "customer-db"),
        Connection(configuration, "customer-db-reader", configuration["CustomerData:Schema"]),
        Connection(configuration, "customer-db-author", configuration["CustomerData:Schema"]),
        Connection(configuration, "embedstack-db"),
        TenantFile.Read(configuration["Tenants:File"] ?? throw new CustomerDataException("Tenants__File is missing")),
        args.Contains("--reseed") || IsTrue(configuration, "CustomerData:Reseed"),
        IsTrue(configuration, "CustomerData:Elsewhere"));

    private static bool IsTrue(IConfiguration configuration, string key) => configuration[key] switch
    {
        null or "" => false,
        var text when bool.TryParse(text, out var value) => value,
        var text => throw new CustomerDataException($"{key.Replace(":", "__")} cannot be '{text}'"),
    };

    private static string Connection(IConfiguration configuration, string name, string? schema = null)
    {
        var text = configuration.GetConnectionString(name);
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new CustomerDataException($"ConnectionStrings__{name} is missing");
        }

        try
        {
            return new NpgsqlConnectionStringBuilder(text)
            {
                Pooling = false,
                Timeout = 15,
                CommandTimeout = 300,
                ApplicationName = "customer-data",
                SearchPath = schema,
            }.ConnectionString;
        }
        catch (ArgumentException problem)
        {
            // The parser's message can quote the string, password included.
            throw new CustomerDataException($"ConnectionStrings__{name} is not a valid connection string", problem);
        }
    }
}
