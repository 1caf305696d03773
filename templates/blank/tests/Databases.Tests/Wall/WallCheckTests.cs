using EmbedStack.CustomerData;
using EmbedStack.CustomerData.Stores;

namespace EmbedStack.Databases.Tests.Wall;

/// <summary>A start asks as both readers, and stops where one sees what no claim opened.</summary>
public sealed class WallCheckTests(OwnPostgres shop) : IClassFixture<OwnPostgres>
{
    private const string Rows = "create table rows (tenant_id text); insert into rows values ('northside');";
    private const string QuotedOwner = "create role \"shop-owner\";";
    private const string QuotedOwnersRows = $"{QuotedOwner} {Rows} alter table rows owner to \"shop-owner\";";

    [Theory]
    [InlineData("")]
    [InlineData($"{Rows} grant insert on rows to customer_reader")]
    [InlineData("create view own_orders with (security_invoker = true) as select tenant_id, amount from orders; grant select on own_orders to customer_reader, customer_author")]
    [InlineData("create extension pg_stat_statements")]
    [InlineData("create schema closed; create table closed.rows as select 'northside' as tenant_id; grant select on closed.rows to customer_reader")]
    public async Task PlainReadersPass(string change)
    {
        await PrepareAsync(change);

        Assert.Null(await RefusalAsync());
    }

    [Theory]
    [InlineData($"{Rows} grant select on rows to customer_reader", "customer_reader sees all of public.rows")]
    [InlineData($"{Rows} grant select on rows to customer_author", "customer_author sees all of public.rows")]
    [InlineData($"{Rows} grant select on rows to public", "customer_reader sees all of public.rows")]
    [InlineData($"{Rows} grant select (tenant_id) on rows to customer_reader", "customer_reader sees all of public.rows")]
    [InlineData($"{QuotedOwnersRows} grant select on rows to customer_reader", "customer_reader sees all of public.rows")]
    [InlineData($"{QuotedOwnersRows} grant select on rows to public", "customer_reader sees all of public.rows")]
    [InlineData($"{QuotedOwnersRows} grant select (tenant_id) on rows to customer_author", "customer_author sees all of public.rows")]
    [InlineData($"{QuotedOwner} create schema away authorization \"shop-owner\"; grant usage on schema away to customer_reader; create table away.rows as select * from orders; grant select on away.rows to customer_reader", "customer_reader sees all of away.rows")]
    [InlineData($"{Rows} alter table rows enable row level security; grant select on rows to customer_reader", "customer_reader sees all of public.rows")]
    [InlineData($"{Rows} alter table rows enable row level security, force row level security; create policy open on rows using (true); grant select on rows to customer_reader", "customer_reader sees rows without claims of public.rows")]
    [InlineData($"{Rows} alter table rows owner to customer_author", "customer_author sees all of public.rows")]
    [InlineData("create table sales.orders as select * from orders; grant usage on schema sales to customer_reader; grant select on sales.orders to customer_reader", "customer_reader sees all of sales.orders")]
    [InlineData("create view all_orders as select * from orders; grant select on all_orders to customer_author", "customer_author sees all of public.all_orders")]
    [InlineData("create materialized view figures as select * from orders; grant select on figures to public", "customer_reader sees all of public.figures")]
    [InlineData("create foreign data wrapper away; create server away foreign data wrapper away; create foreign table remote (tenant_id text) server away; grant select on remote to customer_reader", "customer_reader sees all of public.remote")]
    [InlineData("grant pg_read_all_data to customer_author", "customer_author is a member of another role")]
    [InlineData("alter role customer_author bypassrls", "customer_author is a superuser, passes row-level security")]
    [InlineData("alter role customer_author superuser", "customer_author is a superuser")]
    [InlineData("alter role customer_reader reset default_transaction_read_only", "customer_reader is a superuser, passes row-level security, makes roles or databases, or writes")]
    [InlineData("alter role customer_reader set app.tenant_id = 'northside'; alter role customer_reader set app.role = 'admin'", "customer_reader sees rows without claims of public.orders")]
    [InlineData("alter table orders no force row level security", "customer_reader sees all of public.orders")]
    [InlineData($"{Rows} create view figures with (security_invoker = true) as select * from rows; grant select on figures to customer_reader", "customer_reader cannot ask public.figures: permission denied for table rows")]
    public async Task WhoeverSeesMoreStopsTheStart(string change, string said)
    {
        await PrepareAsync(change);

        Assert.StartsWith(said, await RefusalAsync(), StringComparison.Ordinal);
    }

    private async Task PrepareAsync(string change)
    {
        await shop.ResetAsync();
        await shop.RunWallsAsync();
        if (change.Length > 0)
        {
            await shop.ExecuteAsync(change);
        }
    }

    private async Task<string?> RefusalAsync()
    {
        try
        {
            foreach (var login in new[] { "customer_reader", "customer_author" })
            {
                await new WallCheck(shop.ConnectionString(login), TextWriter.Null).RunAsync(TestContext.Current.CancellationToken);
            }

            return null;
        }
        catch (CustomerDataException refusal)
        {
            return refusal.Message;
        }
    }
}
