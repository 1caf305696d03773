using Aspire.Hosting.Testing;
using Npgsql;

namespace EmbedStack.AppHost.Tests.Stack;

/// <summary>The clinic database read as the server's superuser: the independent account of what each clinic owns.</summary>
internal static class ClinicDatabase
{
    public static async Task<T> ScalarAsync<T>(StackFixture stack, string sql, params (string Name, object Value)[] parameters)
    {
        await using var connection = new NpgsqlConnection(await stack.Application.GetConnectionStringAsync(ResourceNames.ClinicDatabase));
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        return (T)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    public static Task<long> AppointmentsAsync(StackFixture stack, string tenant) =>
        ScalarAsync<long>(stack, "select count(*) from clinic.appointments where tenant_id = @tenant", ("tenant", tenant));
}
