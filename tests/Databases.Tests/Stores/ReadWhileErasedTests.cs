using System.Diagnostics;
using EmbedStack.ClinicData.Stores;

namespace EmbedStack.Databases.Tests.Stores;

/// <summary>Somebody still reads the tables of the load before while a patient is erased: the erasure waits for the end of it.</summary>
public class ReadWhileErasedTests(Databases databases)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task OldTablesGoWhenTheirLastReaderIsDone()
    {
        await using var server = await databases.OpenSuperuserAsync("clinic");
        await using var reader = await databases.OpenReaderAsync("bondi", "admin");
        var patient = await server.ScalarAsync<long>("select max(patient_id) from clinic.outcomes where tenant_id = 'bondi'");
        await using var reading = await reader.BeginTransactionAsync(Cancellation);
        Assert.NotEqual(0, await reader.ScalarAsync<long>("select count(*) from appointment_facts"));
        Assert.Contains("is still being read", (await databases.LoadAsync(["--reseed"])).Output);

        var erasure = new PatientErasure(databases.Clinics, TextWriter.Null).EraseAsync("bondi", patient, Cancellation);
        var clock = Stopwatch.StartNew();
        while (!await server.ScalarAsync<bool>("select exists (select from pg_locks where relation is not null and not granted)"))
        {
            Assert.False(erasure.IsCompleted, "The erasure did not wait for the reader.");
            Assert.True(clock.Elapsed < Patience, $"The erasure does not come to the old tables within {Patience}.");
            await Task.Delay(100, Cancellation);
        }

        // Longer than a load waits.
        await Task.Delay(TimeSpan.FromSeconds(6), Cancellation);
        await reading.CommitAsync(Cancellation);

        var proof = await erasure;
        Assert.True(proof.NothingLeft, string.Join(", ", proof.Left));
        Assert.DoesNotContain(proof.Places, place => place.Place.Contains(".old_", StringComparison.Ordinal));
        await server.ExecuteAsync("delete from clinic_load.erased_patients");
        Assert.Equal("", (await databases.LoadAsync(["--reseed"])).Error);
    }
}
