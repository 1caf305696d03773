using Npgsql;

namespace EmbedStack.Databases.Tests.Wall;

/// <summary><c>walls.sql</c> in a database of one's own: what it leaves does not depend on what was there.</summary>
public sealed class WallsScriptTests(OwnPostgres shop) : IClassFixture<OwnPostgres>
{
    private const string Picture =
        """
        select string_agg(concat_ws(' ', rolname, rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls, rolcanlogin, rolconfig::text), ', ' order by rolname)
        from pg_roles where rolname in ('customer_reader', 'customer_author')
        """;

    private const string Northside = "-c app.tenant_id=northside -c app.role=admin";

    [Theory]
    [InlineData("postgres")]
    [InlineData("shop_owner")]
    public async Task WhoeverOwnsTheTablesAndMakesRolesCanRunItAgainAndAgain(string login)
    {
        await shop.ResetAsync();

        await shop.RunWallsAsync(login);
        await shop.RunWallsAsync(login);

        Assert.Equal("northside", await shop.ScalarAsync<string>("select string_agg(tenant_id, ',') from orders", "customer_reader", Northside));
        Assert.Equal(0, await shop.ScalarAsync<long>("select count(*) from orders", "customer_author"));
        Assert.Equal(2, await shop.ScalarAsync<long>("select count(*) from orders", "shop_owner"));
    }

    [Fact]
    public async Task RoleThatWasThereBecomesAPlainReader()
    {
        await shop.ResetAsync();
        await shop.RunWallsAsync();
        var plain = await shop.ScalarAsync<string>(Picture);
        await shop.ExecuteAsync(
            """
            alter role customer_reader nologin createdb createrole bypassrls;
            alter role customer_reader reset default_transaction_read_only;
            alter role customer_reader set app.tenant_id = 'northside';
            alter role customer_author in database shop set app.role = 'admin';
            """);

        await shop.RunWallsAsync();

        Assert.Equal(plain, await shop.ScalarAsync<string>(Picture));
        Assert.Equal(0, await shop.ScalarAsync<long>("select count(*) from pg_db_role_setting where setrole = 'customer_author'::regrole and setdatabase <> 0"));
    }

    [Theory]
    [InlineData("alter role customer_author bypassrls", "shop_owner", "customer_author is more than a reader")]
    [InlineData("alter role customer_reader superuser", "shop_owner", "customer_reader is more than a reader")] // whom its owner may not alter
    [InlineData("grant pg_read_all_data to customer_reader", "postgres", "customer_reader is a member of another role")]
    public async Task RoleThatIsMoreIsGrantedNothing(string change, string login, string said)
    {
        await shop.ResetAsync();
        await shop.RunWallsAsync("shop_owner");
        await shop.ExecuteAsync($"{change}; revoke all on orders from customer_reader, customer_author");

        var refusal = await Assert.ThrowsAsync<PostgresException>(() => shop.RunWallsAsync(login));

        Assert.Contains(said, refusal.MessageText, StringComparison.Ordinal);
        Assert.False(await shop.ScalarAsync<bool>("select has_any_column_privilege('customer_author', 'orders', 'select')"));
    }

    [Fact]
    public async Task ColumnThatIsNotGrantedAnyMoreIsTakenBack()
    {
        await shop.ResetAsync();
        await shop.RunWallsAsync();

        await shop.RunWallsAsync(walls: OwnPostgres.Walls.Replace(", amount)", ")", StringComparison.Ordinal));

        var refusal = await Assert.ThrowsAsync<PostgresException>(() => shop.ScalarAsync<decimal>("select sum(amount) from orders", "customer_reader", Northside));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refusal.SqlState);
    }
}
