using System.Text;
using Aspire.Hosting.Testing;
using EmbedStack.AppHost.Tests.Stack;
using Npgsql;

namespace EmbedStack.AppHost.Tests.Tenancy;

/// <summary>Where the product's own database names somebody: every table of every schema, every column, whatever made it.</summary>
internal static class NamingRows
{
    private const string Tables =
        """
        select format('%I.%I', nspname, relname) from pg_class join pg_namespace on pg_namespace.oid = relnamespace
        where relkind in ('r', 'p') and not relispartition and nspname <> 'information_schema' and nspname !~ '^pg_'
        """;

    // Of an erased tenant its key alone, and of nobody's person anything.
    private static readonly Dictionary<string, string> KeyMayStay = new()
    {
        ["audit.events"] = "what was done must be accounted for; its persons are pseudonyms that lead to nobody",
        ["audit.data_access"] = "what was shown must be accounted for, by the same pseudonyms",
        ["shared.revocations"] = "tokens minted before are refused until the last has ended, 25 hours",
        ["api.entitlement_versions"] = "who decided what about access must be accounted for; documents name tenants, roles and dashboards",
    };

    /// <returns>Tables with rows that hold the text, and how many.</returns>
    public static async Task<IReadOnlyDictionary<string, long>> ReadAsync(StackFixture stack, string text)
    {
        var settings = new NpgsqlConnectionStringBuilder(await stack.Application.GetConnectionStringAsync("embedstack-db")) { Pooling = false };
        await using var database = NpgsqlDataSource.Create(settings);
        var tables = new List<string>();
        await using (var command = database.CreateCommand(Tables))
        await using (var row = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken))
        {
            while (await row.ReadAsync(TestContext.Current.CancellationToken))
            {
                tables.Add(row.GetString(0));
            }
        }

        var found = new Dictionary<string, long>();
        foreach (var table in tables)
        {
            // A row as text holds its documents and arrays as well; bytes stand there in hexadecimal.
            await using var command = database.CreateCommand($"select count(*) from {table} found where found::text ilike $1 or found::text ilike $2");
            command.Parameters.Add(new() { Value = $"%{text}%" });
            command.Parameters.Add(new() { Value = $"%{Convert.ToHexString(Encoding.UTF8.GetBytes(text))}%" });
            if ((long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))! is var rows and > 0)
            {
                found.Add(table, rows);
            }
        }

        return found;
    }

    /// <summary>Nothing names the tenant but what <see cref="KeyMayStay"/> gives a reason for, and nothing at all its persons.</summary>
    public static async Task AssertNoneAsync(StackFixture stack, string key, params string[] persons)
    {
        var left = (await ReadAsync(stack, key)).Where(found => !KeyMayStay.ContainsKey(found.Key)).ToList();
        foreach (var person in persons.Append($"@{key}."))
        {
            left.AddRange(await ReadAsync(stack, person));
        }

        Assert.True(left.Count == 0, $"Of '{key}' rows are left: {string.Join(", ", left.Select(found => $"{found.Value} in {found.Key}"))}.");
    }
}
