using Aspire.Hosting.Testing;
using EmbedStack.AppHost.Tests.Stack;
using Npgsql;

namespace EmbedStack.AppHost.Tests.Leak.Oracle;

/// <summary>Where a clinic's rows stand: shared tables, a schema or a database of its own.</summary>
internal sealed record Store(string Tenant, string Database, string Schema)
{
    /// <summary>By the product's promise for the clinics that the suite asks as.</summary>
    public static Store Of(Person person) => person.Tenant switch
    {
        "northside" or "harbour" or "liverpool" or "newtown" or "penrith" or "wollongong" => new(person.Tenant, "clinic", "clinic"),
        "manly" => new(person.Tenant, "clinic", "clinic_manly"),
        "hurstville" => new(person.Tenant, "clinic_hurstville", "clinic"),
        _ => throw new ArgumentOutOfRangeException(nameof(person), person.Tenant, "No store is known."),
    };

    /// <summary>Those of all clinics.</summary>
    public static async Task<IReadOnlyList<Store>> AllAsync(StackFixture stack)
    {
        await using var source = NpgsqlDataSource.Create((await stack.Application.GetConnectionStringAsync("embedstack-db"))!);
        await using var command = source.CreateCommand("select key, database, schema from shared.tenants where kind = 'clinic' order by key");
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var stores = new List<Store>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            stores.Add(new Store(reader.GetString(0), reader.GetString(1), reader.GetString(2)));
        }

        return stores;
    }
}
