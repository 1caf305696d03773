using EmbedStack.ClinicData;
using EmbedStack.ClinicData.Generation;
using EmbedStack.ClinicData.Loading;

namespace EmbedStack.Databases.Tests.Loading;

public class VisibilityTests(Databases databases)
{
    [Fact]
    public async Task HalfALoadIsNeverVisible()
    {
        await using var reader = await databases.OpenReaderAsync("northside", "admin");
        await using var loader = await databases.OpenAsync("clinic", "clinic_loader");
        var before = await CountAsync();
        var during = new List<long>();
        var breaking = new BreakAt("northside:", () => during.Add(CountAsync().GetAwaiter().GetResult()));

        var tenants = TenantFile.Read(Path.Combine(AppContext.BaseDirectory, "tenants.yaml"));
        var otherRows = new NetworkGenerator(tenants, Scale.Small, seed: 99);
        await Assert.ThrowsAsync<IOException>(
            () => new Loader(loader, breaking).LoadAsync(otherRows, reseed: true, TestContext.Current.CancellationToken));

        Assert.Equal([before], during);
        Assert.Equal(before, await CountAsync());

        Task<long> CountAsync() => reader.ScalarAsync<long>(
            "select sum(hashtext(appointment_facts::text)::bigint)::bigint from appointment_facts");
    }

    /// <summary>A log whose disk fills up just after one clinic's rows are written.</summary>
    private sealed class BreakAt(string text, Action first) : StringWriter
    {
        public override void WriteLine(string? value)
        {
            if (value!.Contains(text))
            {
                first();
                throw new IOException("disk full");
            }
        }
    }
}
