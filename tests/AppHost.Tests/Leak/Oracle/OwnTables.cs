using System.Data;
using System.Globalization;
using Aspire.Hosting.Testing;
using EmbedStack.AppHost.Tests.Leak.Oracle.Datasets;
using EmbedStack.AppHost.Tests.Stack;
using Npgsql;

namespace EmbedStack.AppHost.Tests.Leak.Oracle;

/// <summary>
/// Each person's rows, copied once by the suite's own SQL into a database that the product does not know: clinics stand
/// in several databases, and thousands of questions are asked of the same rows.
/// </summary>
internal static class OwnTables
{
    public const string Database = "leak_suite";

    private static readonly Once<(string Dataset, Person Person, long Version), string> Made = new(MakeAsync);
    private static readonly Once<bool> Ready = new(CreateAsync);

    /// <returns>SQL for the person's rows of a dataset, in <see cref="Database"/>; null where the person has none by the product's promise.</returns>
    public static async Task<string?> RowsAsync(StackFixture stack, string dataset, Person person)
    {
        var own = OwnDataset.Of(dataset);
        if (!own.Roles.Contains(person.Role))
        {
            return null;
        }

        await Ready.OfAsync(stack);
        var table = await Made.OfAsync(stack, (dataset, person, await VersionAsync(stack)));
        return string.Format(CultureInfo.InvariantCulture, own.Rows(person), table);
    }

    private static async Task<string> MakeAsync(StackFixture stack, (string Dataset, Person Person, long Version) key)
    {
        var own = OwnDataset.Of(key.Dataset);
        var table = $"\"{key.Dataset} {key.Person.Identity} {key.Version}\"";
        var day = await ReportingDayAsync(stack);
        foreach (var store in await own.Stores(stack, key.Person))
        {
            await using var from = await ClinicOracle.OpenAsync(stack, store.Database);
            await ExecuteAsync(from, $"set leak_suite.reporting_day = '{day}'");
            await using var to = await ClinicOracle.OpenAsync(stack, Database);
            var rows = own.Sql(key.Person, store);
            await ExecuteAsync(to, $"create table if not exists {table} ({await ColumnsAsync(from, rows)})");
            await using var reading = await from.BeginRawBinaryCopyAsync($"copy ({rows}) to stdout (format binary)", TestContext.Current.CancellationToken);
            await using var writing = await to.BeginRawBinaryCopyAsync($"copy {table} from stdin (format binary)", TestContext.Current.CancellationToken);
            await reading.CopyToAsync(writing, TestContext.Current.CancellationToken);
        }

        return table;
    }

    private static async Task<string> ColumnsAsync(NpgsqlConnection connection, string rows)
    {
        await using var command = new NpgsqlCommand(rows, connection);
        await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SchemaOnly, TestContext.Current.CancellationToken);
        return string.Join(", ", Enumerable.Range(0, reader.FieldCount).Select(place => $"\"{reader.GetName(place)}\" {reader.GetDataTypeName(place)}"));
    }

    private static async Task<bool> CreateAsync(StackFixture stack)
    {
        await ClinicOracle.ExecuteAsync(stack, "postgres", $"create database {Database}");
        return true;
    }

    // The load's books stand in the shared database alone.
    private static async Task<string> ReportingDayAsync(StackFixture stack)
    {
        await using var connection = await ClinicOracle.OpenAsync(stack, "clinic");
        await using var command = new NpgsqlCommand("select reporting_day::text from clinic_load.loads", connection);
        return (string)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    // Loads and erasures tell themselves here.
    private static async Task<long> VersionAsync(StackFixture stack)
    {
        await using var source = NpgsqlDataSource.Create((await stack.Application.GetConnectionStringAsync("embedstack-db"))!);
        await using var command = source.CreateCommand("select version from shared.data_version where name = 'clinic'");
        return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
