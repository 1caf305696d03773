using System.Buffers;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using Npgsql;

namespace EmbedStack.Api.Edge.DataAccess;

/// <summary>
/// Ships the spool to the audit every second: this process' own, and what processes that have ended left on this machine.
/// A segment is taken away once Postgres has committed it.
/// </summary>
internal sealed partial class DataAccessShipping(
    DataAccessSpool spool, SpoolSettings settings, SpoolSegment format, DataAccessStore store, ILogger<DataAccessShipping> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AdoptEvery = TimeSpan.FromMinutes(1);
    private readonly List<SpoolFolder> _left = [];
    private readonly SemaphoreSlim _turn = new(1, 1);
    private long? _adoptedAt;

    /// <summary>Ships what there is now.</summary>
    /// <exception cref="NpgsqlException">Postgres is away; everything stays where it is.</exception>
    public async Task ShipAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await ShipAsync(spool.Folder, await spool.CutAsync(cancellationToken), cancellationToken);
            foreach (var folder in _left.ToArray())
            {
                if (await ShipAsync(folder, long.MaxValue, cancellationToken))
                {
                    folder.Remove();
                    _left.Remove(folder);
                }
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    public override void Dispose()
    {
        _left.ForEach(folder => folder.Dispose());
        _turn.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                Adopt();
                await ShipAsync(stoppingToken);
                await timer.WaitForNextTickAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                LogWaits(spool.Backlog, exception.Message);
                await Task.Delay(Pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await ShipAsync(cancellationToken);
        }
        catch (Exception exception)
        {
            LogWaits(spool.Backlog, exception.Message); // the next process finds it
        }
    }

    // Also of processes that ended after this one began.
    private void Adopt()
    {
        if (_adoptedAt is { } last && Stopwatch.GetElapsedTime(last) < AdoptEvery)
        {
            return;
        }

        _adoptedAt = Stopwatch.GetTimestamp();
        foreach (var folder in SpoolFolder.Adopt(settings.Directory))
        {
            _left.Add(folder);
            spool.Count(folder.Segments.Sum(segment => segment.File.Length));
        }
    }

    /// <returns>Whether nothing is left.</returns>
    private async Task<bool> ShipAsync(SpoolFolder folder, long before, CancellationToken cancellationToken)
    {
        foreach (var (number, file) in folder.Segments.Where(segment => segment.Number < before))
        {
            var length = file.Length;
            try
            {
                if (await ReadAsync(file, cancellationToken) is { Length: > 0 } entries)
                {
                    await store.AddAsync(folder.Id, number, entries, cancellationToken);
                }
            }
            catch (Exception exception) when (exception is CryptographicException or JsonException || IsRefusedForGood(exception))
            {
                LogUnreadable(file.FullName, exception.Message);
                file.MoveTo(file.FullName + SpoolFolder.Unreadable);
                spool.Count(-length); // it waits for a person, and others need not wait with it
                continue;
            }

            file.Delete();
            spool.Count(-length);
        }

        return !folder.HoldsUnreadable;
    }

    private async Task<DataAccessEntry[]> ReadAsync(FileInfo segment, CancellationToken cancellationToken)
    {
        await using var file = segment.OpenRead();
        var buffer = ArrayPool<byte>.Shared.Rent((int)file.Length);
        try
        {
            var length = await file.ReadAtLeastAsync(buffer.AsMemory(0, (int)file.Length), (int)file.Length, throwOnEndOfStream: false, cancellationToken);
            return [.. format.Read(buffer.AsSpan(0, length)).SelectMany(batch => batch)];
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    // What Postgres refuses by its content it refuses each time, and what comes after must not wait for it.
    private static bool IsRefusedForGood(Exception exception) => exception is PostgresException { SqlState: ['2', '2' or '3', ..] };

    [LoggerMessage(LogLevel.Warning, "Data accesses wait for Postgres, {Bytes} bytes: {Cause}")]
    private partial void LogWaits(long bytes, string cause);

    [LoggerMessage(LogLevel.Error, "{File} of the spool cannot be brought into the audit and stays where it is: {Cause}")]
    private partial void LogUnreadable(string file, string cause);
}
