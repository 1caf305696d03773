namespace EmbedStack.Databases.Tests.Reading;

/// <summary>What was paid stands twice: payment by payment, and summed with its invoice.</summary>
public class PaymentTests(Databases databases)
{
    [Theory]
    [InlineData("clinic", "clinic")]
    [InlineData("clinic", "clinic_manly")]
    [InlineData("clinic_hurstville", "clinic")]
    public async Task PaymentsAddUpToTheirInvoice(string database, string schema)
    {
        await using var store = await databases.OpenSuperuserAsync(database);
        Assert.NotEqual(0, await store.ScalarAsync<long>($"select count(*) from {schema}.payments"));
        Assert.Equal([], await store.ListAsync<string>(
            $"""
            select concat_ws(' ', tenant_id, invoice_id, paid_amount, days_to_pay, received, last_day)
            from {schema}.invoices
            full join (
                select tenant_id, invoice_id, patient_id, staff_id, sum(amount) as received, max(paid_on) as last_day
                from {schema}.payments group by 1, 2, 3, 4) paid
            using (tenant_id, invoice_id, patient_id, staff_id)
            where paid_amount is distinct from coalesce(received, 0)
               or days_to_pay is distinct from case when received = amount then last_day - invoiced_on end
            limit 5
            """));
    }

    [Fact]
    public async Task SomeArePaidInParts()
    {
        await using var store = await databases.OpenSuperuserAsync("clinic");
        Assert.NotEqual(0, await store.ScalarAsync<long>(
            "select count(*) from (select from clinic.payments group by tenant_id, invoice_id having count(*) > 1) twice"));
    }
}
