using EmbedStack.CustomerData.Loading;
using Npgsql;

namespace EmbedStack.CustomerData.Stores;

/// <summary>Tenants that no start may bring back: a table of the stack's own database, wherever the rows stand.</summary>
internal static class ErasedTenants
{
    public static Task EnsureAsync(NpgsqlConnection owner, CancellationToken cancellation) =>
        owner.ExecuteAsync(SqlFiles.Read("bookkeeping.sql"), cancellation);

    public static async Task<IReadOnlySet<string>> KeysAsync(NpgsqlConnection owner, CancellationToken cancellation) =>
        (await owner.ListAsync<string>("select key from erased_tenants", cancellation)).ToHashSet(StringComparer.Ordinal);

    /// <returns>Where the tenant's rows were not deleted; null where they were, and for a tenant that was never erased.</returns>
    public static Task<string?> LeftInAsync(NpgsqlConnection owner, string key, CancellationToken cancellation) =>
        owner.ScalarAsync<string>("select left_in from erased_tenants where key = $1", cancellation, key);

    /// <summary>Marks a tenant; that its rows were left somewhere is not forgotten by marking it again.</summary>
    public static Task MarkAsync(NpgsqlConnection owner, string key, string? leftIn, CancellationToken cancellation) =>
        owner.ExecuteAsync(
            """
            insert into erased_tenants (key, left_in) values ($1, nullif($2, ''))
            on conflict (key) do update set left_in = coalesce(excluded.left_in, erased_tenants.left_in)
            """,
            cancellation, key, leftIn ?? "");

    public static Task ForgetAsync(NpgsqlConnection owner, string key, CancellationToken cancellation) =>
        owner.ExecuteAsync("delete from erased_tenants where key = $1", cancellation, key);
}
