using System.Reflection;
using EmbedStack.Api.Edge;
using EmbedStack.Api.Edge.DataAccess;
using EmbedStack.Api.Http;
using EmbedStack.Api.Tests.Edge.Cache;
using EmbedStack.Api.Tests.Stack;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace EmbedStack.Api.Tests.Edge.DataAccess;

/// <summary>What guests were shown is written down before they are, and arrives in the audit whatever dies.</summary>
public sealed class SpoolTests(CacheDatabase database) : IClassFixture<CacheDatabase>, IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("embedstack-spool-").FullName;
    private readonly EphemeralDataProtectionProvider _protection = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WhatWasWrittenArrivesOnceAsPseudonyms()
    {
        using var spool = NewSpool();
        using var shipping = NewShipping(spool);
        var tenant = NewTenant();
        await Task.WhenAll(Enumerable.Range(0, 500).Select(number => spool.WriteAsync(Entry(tenant, $"chart-{number}"))));
        await spool.WriteAsync(Entry(tenant, "refused") with { Reason = "forbidden", Rows = null, Source = null });
        await shipping.ShipAsync(Cancellation);
        await shipping.ShipAsync(Cancellation);
        var rows = await RowsAsync(tenant);
        Assert.Equal(501, rows.Count);
        Assert.Equal(501, rows.Select(row => row["chart"]).Distinct().Count());
        Assert.Single(rows.Select(row => row["person"]).Distinct());
        Assert.All(rows, row => Assert.NotNull(row["person"]));
        var refused = Assert.Single(rows, row => (string?)row["outcome"] == "refused");
        Assert.Equal(("forbidden", null, null), (refused["reason"], refused["rows"], refused["source"]));
        Assert.All(rows.Where(row => row != refused), row => Assert.Equal((3, "memory", "allowed"), (row["rows"], row["source"], row["outcome"])));
        Assert.Equal(0, spool.Backlog);
        Assert.Empty(spool.Folder.Segments);
    }

    [Fact]
    public async Task SegmentThatIsShippedAgainIsNotThereTwice()
    {
        using var spool = NewSpool();
        var store = new DataAccessStore(database.Source, Keys());
        var tenant = NewTenant();
        var entries = new[] { Entry(tenant, "a") with { At = DateTimeOffset.UtcNow }, Entry(tenant, "b") with { At = DateTimeOffset.UtcNow.AddDays(-1) } };
        await store.AddAsync(spool.Folder.Id, 7, entries, Cancellation);
        await store.AddAsync(spool.Folder.Id, 7, entries, Cancellation);
        await store.AddAsync(spool.Folder.Id, 8, entries, Cancellation);
        Assert.Equal(4, (await RowsAsync(tenant)).Count);
    }

    // A server of its own: it is killed, and would else commit to memory alone.
    [Fact]
    public async Task WhatIsShippedOutlivesAServerThatIsKilledAtOnce()
    {
        await using var postgres = new TestDatabases();
        await postgres.InitializeAsync();
        var killed = new CacheDatabase(postgres);
        await killed.InitializeAsync();
        await using (var source = NpgsqlDataSource.Create(killed.Database.ApiConnectionString + ";Options=-c synchronous_commit=off"))
        {
            await new DataAccessStore(source, Keys()).AddAsync(Guid.NewGuid(), 1, [Entry(NewTenant(), "shown")], Cancellation);
            await postgres.KillAsync();
        }

        await postgres.StartAgainAsync();

        Assert.Single(await killed.Database.QueryAsync("select 1 from audit.data_access"));
        await killed.DisposeAsync();
    }

    [Fact]
    public async Task WhatADeadProcessLeftIsShippedByTheNextUpToItsLastWholeBatch()
    {
        var tenant = NewTenant();
        var died = NewSpool();
        await died.WriteAsync(Entry(tenant, "whole"));
        await died.CutAsync(Cancellation);
        await died.WriteAsync(Entry(tenant, "also whole"));
        await died.CutAsync(Cancellation);
        died.Dispose();
        var (_, last) = died.Folder.Segments[^1];
        await File.WriteAllBytesAsync(last.FullName, [.. await File.ReadAllBytesAsync(last.FullName, Cancellation), 200, 0, 0, 0, 1, 2, 3], Cancellation);

        using var spool = NewSpool();
        using var shipping = NewShipping(spool);
        await shipping.StartAsync(Cancellation);
        await Eventually.TrueAsync("both rows arrive", async () => (await RowsAsync(tenant)).Count == 2);
        await Eventually.TrueAsync("the folder goes", () => Task.FromResult(!Directory.Exists(died.Folder.Path)));
        await shipping.StopAsync(Cancellation);
    }

    // Of a process that was dead for a day, say; whoever came back meanwhile has nothing to do with it.
    [Fact]
    public async Task ReadsFromBeforeAnErasureAreNobodysAndLaterOnesArePersonsAgain()
    {
        using var spool = NewSpool();
        var (store, tenant, subject) = (new DataAccessStore(database.Source, Keys()), NewTenant(), Guid.NewGuid().ToString());
        var before = Entry(tenant, "before") with { Subject = subject };
        await store.AddAsync(spool.Folder.Id, 1, [before], Cancellation);
        Assert.NotNull(Assert.Single(await RowsAsync(tenant))["person"]);
        await database.Database.QueryAsync("select audit.erase_person($1)", subject);

        await store.AddAsync(spool.Folder.Id, 2, [before with { Chart = "late" }], Cancellation);
        Assert.Empty(await database.Database.QueryAsync("select 1 where audit.person($1) is not null", subject));
        var after = before with { Chart = "after", At = DateTimeOffset.UtcNow.AddMinutes(1) };
        await store.AddAsync(spool.Folder.Id, 3, [before with { Chart = "later" }, after], Cancellation);

        var rows = (await RowsAsync(tenant)).ToDictionary(row => (string)row["chart"]!, row => row["person"]);
        Assert.Equal((null, null), (rows["late"], rows["later"]));
        Assert.NotNull(rows["after"]);
        Assert.NotEqual(rows["before"], rows["after"]);
    }

    [Fact]
    public async Task SegmentThatIsPutAsideDoesNotFillTheBacklog()
    {
        using var spool = NewSpool();
        using var shipping = NewShipping(spool);
        await spool.WriteAsync(Entry(NewTenant(), "chart"));
        await spool.CutAsync(Cancellation);
        var (_, segment) = Assert.Single(spool.Folder.Segments);
        var bytes = await File.ReadAllBytesAsync(segment.FullName, Cancellation);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(segment.FullName, bytes, Cancellation);
        await shipping.ShipAsync(Cancellation);
        Assert.True(spool.Folder.HoldsUnreadable);
        Assert.Equal(0, spool.Backlog);
    }

    [Fact]
    public async Task FolderThatIsNotOursStopsNobody()
    {
        // Whoever runs this may be the superuser, whom no mode keeps out; a folder in the lock's place is refused to all.
        var foreign = Directory.CreateDirectory(Path.Combine(_root, Guid.NewGuid().ToString("D"))).FullName;
        Directory.CreateDirectory(Path.Combine(foreign, "lock"));
        var tenant = NewTenant();
        var died = NewSpool();
        await died.WriteAsync(Entry(tenant, "chart"));
        died.Dispose();

        using var spool = NewSpool();
        using var shipping = NewShipping(spool);
        await shipping.StartAsync(Cancellation);
        await Eventually.TrueAsync("what the dead process left is shipped", async () => (await RowsAsync(tenant)).Count == 1);
        Assert.False(shipping.ExecuteTask!.IsCompleted);
        await shipping.StopAsync(Cancellation);
    }

    [Fact]
    public async Task FolderOfALivingProcessIsLeftAlone()
    {
        using var living = NewSpool();
        await living.WriteAsync(Entry(NewTenant(), "chart"));
        Assert.DoesNotContain(SpoolFolder.Adopt(_root), folder => folder.Id == living.Folder.Id);
    }

    [Fact]
    public async Task AccessesOutliveAPostgresThatIsAway()
    {
        using var spool = NewSpool();
        await using var nowhere = NpgsqlDataSource.Create("Host=127.0.0.1;Port=1;Username=api;Timeout=1");
        var away = new DataAccessShipping(spool, Settings(), Format(), new DataAccessStore(nowhere, Keys()), NullLogger<DataAccessShipping>.Instance);
        var tenant = NewTenant();
        await spool.WriteAsync(Entry(tenant, "chart"));
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => away.ShipAsync(Cancellation));
        await spool.WriteAsync(Entry(tenant, "another"));
        Assert.True(spool.Backlog > 0);

        using var back = NewShipping(spool);
        await back.ShipAsync(Cancellation);
        Assert.Equal(2, (await RowsAsync(tenant)).Count);
        Assert.Equal(0, spool.Backlog);
    }

    [Fact]
    public async Task BeyondTheBacklogNothingIsWrittenAndSoNothingShown()
    {
        using var spool = new DataAccessSpool(Settings() with { LongestBacklog = 2000 }, Format(), NullLogger<DataAccessSpool>.Instance);
        var problem = await Assert.ThrowsAsync<ProblemException>(async () =>
        {
            for (var number = 0; number < 1000; number++)
            {
                await spool.WriteAsync(Entry("northside", "chart"));
            }
        });
        Assert.Equal(Problems.AuditUnavailable, problem.Problem);
        Assert.NotNull(problem.Problem.RetryAfter);
    }

    [Fact]
    public async Task DiskThatHangsHoldsNobody()
    {
        using var spool = NewSpool();
        var clock = new TestClock();
        var hanging = (SemaphoreSlim)typeof(DataAccessSpool).GetField("_file", BindingFlags.NonPublic | BindingFlags.Instance)!.GetValue(spool)!;
        await hanging.WaitAsync(Cancellation);
        try
        {
            var waiting = new DataAccessLog(spool, clock).WriteAsync(Entry("northside", "chart"));
            clock.Hurry(TimeSpan.FromSeconds(5));
            Assert.Equal(Problems.AuditUnavailable, (await Assert.ThrowsAsync<ProblemException>(() => waiting)).Problem);
        }
        finally
        {
            hanging.Release();
        }

        // Else it is written while the folder goes.
        await Eventually.TrueAsync("the disk takes it in the end", () => Task.FromResult(spool.Backlog > 0));
        await spool.CutAsync(Cancellation);
    }

    [Fact]
    public async Task DiskThatFailsShowsNothing()
    {
        using var spool = NewSpool();
        Directory.Delete(spool.Folder.Path, recursive: true);
        var problem = await Assert.ThrowsAsync<ProblemException>(() => spool.WriteAsync(Entry("northside", "chart")));
        Assert.Equal(Problems.AuditUnavailable, problem.Problem);
    }

    [Fact]
    public async Task SpoolTellsNobodyWhoAndWhat()
    {
        using var spool = NewSpool();
        await spool.WriteAsync(Entry("northside", "salaries"));
        await spool.CutAsync(Cancellation);
        var (_, segment) = Assert.Single(spool.Folder.Segments);
        var text = await File.ReadAllTextAsync(segment.FullName, System.Text.Encoding.Latin1, Cancellation);
        Assert.DoesNotContain("northside", text, StringComparison.Ordinal);
        Assert.DoesNotContain("salaries", text, StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, new DirectoryInfo(spool.Folder.Path).UnixFileMode);
    }

    [Fact]
    public async Task ManyAccessesShareAFlush()
    {
        using var spool = NewSpool();
        await Task.WhenAll(Enumerable.Range(0, 2000).Select(number => spool.WriteAsync(Entry("northside", "chart"))));
        var batches = await ReadAsync(spool);
        Assert.Equal(2000, batches.Sum(batch => batch.Length));
        Assert.InRange(batches.Length, 1, 1000);
    }

    [Fact]
    public async Task WhoeverShipsHasAMegabyteAtATimeInMemory()
    {
        using var spool = NewSpool();
        for (var wave = 0; wave < 10; wave++)
        {
            await Task.WhenAll(Enumerable.Range(0, 1000).Select(number => spool.WriteAsync(Entry("northside", "chart"))));
        }

        Assert.Equal(10_000, (await ReadAsync(spool)).Sum(batch => batch.Length));
        Assert.InRange(spool.Folder.Segments.Count, 2, 10);
        Assert.All(spool.Folder.Segments, segment => Assert.InRange(segment.File.Length, 1, 1 << 20));
    }

    [Fact]
    public async Task TheApiCanOnlyAddAndRead()
    {
        foreach (var statement in (string[])["update audit.data_access set rows = 0", "delete from audit.data_access", "truncate audit.data_access"])
        {
            await using var command = database.Source.CreateCommand(statement);
            var refused = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync(Cancellation));
            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
        }
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private static string NewTenant() => $"tenant-{Guid.NewGuid():N}";

    private static DataAccessEntry Entry(string tenant, string chart) => new()
    {
        Subject = "subject", Session = Guid.Empty, Tenant = tenant, Role = "admin", At = DateTimeOffset.UtcNow, Dashboard = "clinic", Dataset = "appointments",
        Chart = chart, Rows = 3, Source = EdgeSource.Memory,
    };

    private SpoolSettings Settings() => new(_root, 64 << 20);

    private async Task<DataAccessEntry[][]> ReadAsync(DataAccessSpool spool)
    {
        await spool.CutAsync(Cancellation);
        var batches = new List<DataAccessEntry[]>();
        foreach (var (_, segment) in spool.Folder.Segments)
        {
            batches.AddRange(Format().Read(await File.ReadAllBytesAsync(segment.FullName, Cancellation)));
        }

        return [.. batches];
    }

    private SpoolSegment Format() => new(_protection);

    private Api.Audit.AuditKeys Keys() => new(_protection, NullLogger<Api.Audit.AuditKeys>.Instance);

    private DataAccessSpool NewSpool() => new(Settings(), Format(), NullLogger<DataAccessSpool>.Instance);

    private DataAccessShipping NewShipping(DataAccessSpool spool) =>
        new(spool, Settings(), Format(), new DataAccessStore(database.Source, Keys()), NullLogger<DataAccessShipping>.Instance);

    private Task<List<Dictionary<string, object?>>> RowsAsync(string tenant) =>
        database.Database.QueryAsync("select * from audit.data_access where tenant = $1", tenant);
}
