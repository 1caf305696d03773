using System.IO.Compression;

namespace EmbedStack.Api.Edge.Assets;

/// <summary>
/// Assets on disk, packed once. A file is whole or not there: it gets its name last. Builds of Superset share the folder, as
/// the hash in an asset's name tells theirs apart; what no build asked for in a month goes at the next start.
/// </summary>
internal sealed partial class AssetStore : IDisposable
{
    private const string Packed = ".br";
    private static readonly TimeSpan Unused = TimeSpan.FromDays(30);
    private readonly AssetSettings _settings;
    private readonly ILogger<AssetStore> _logger;

    // Packing costs more than fetching, and answers want the cores too.
    private readonly SemaphoreSlim _packing = new(Math.Max(1, Environment.ProcessorCount / 2));
    private long _total;

    public AssetStore(AssetSettings settings, ILogger<AssetStore> logger)
    {
        (_settings, _logger) = (settings, logger);
        var files = Directory.CreateDirectory(settings.Directory).EnumerateFiles().ToLookup(file => file.LastAccessTimeUtc < DateTime.UtcNow - Unused);
        foreach (var file in files[true])
        {
            file.Delete();
        }

        _total = files[false].Sum(file => file.Length);
    }

    /// <returns>The file, packed where that is wanted and worth it; null where it is not kept.</returns>
    public (FileInfo File, bool IsPacked)? Find(AssetPath asset, bool packs)
    {
        var packed = new FileInfo(Path.Combine(_settings.Directory, asset.FileName + Packed));
        if (packs && packed.Exists)
        {
            return (packed, true);
        }

        var plain = new FileInfo(Path.Combine(_settings.Directory, asset.FileName));
        return plain.Exists ? (plain, false) : null;
    }

    public async Task KeepAsync(AssetPath asset, ReadOnlyMemory<byte> content)
    {
        if (Interlocked.Read(ref _total) + (2L * content.Length) > _settings.LargestTotal)
        {
            return;
        }

        try
        {
            if (asset.IsText)
            {
                await WriteAsync(asset.FileName + Packed, await PackAsync(content));
            }

            await WriteAsync(asset.FileName, content);
        }
        catch (IOException exception)
        {
            LogFailed(asset.Path, exception.Message);
        }
    }

    public void Dispose() => _packing.Dispose();

    private async Task<byte[]> PackAsync(ReadOnlyMemory<byte> content)
    {
        await _packing.WaitAsync();
        try
        {
            return Pack(content.Span);
        }
        finally
        {
            _packing.Release();
        }
    }

    private static byte[] Pack(ReadOnlySpan<byte> content)
    {
        var packed = new byte[BrotliEncoder.GetMaxCompressedLength(content.Length)];
        return BrotliEncoder.TryCompress(content, packed, out var length, quality: 9, window: 22)
            ? packed[..length]
            : throw new IOException("It could not be packed.");
    }

    private async Task WriteAsync(string name, ReadOnlyMemory<byte> content)
    {
        var unfinished = Path.Combine(_settings.Directory, $"{Guid.NewGuid():N}.tmp");
        await using (var file = new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write, FileShare.None, 0, useAsync: true))
        {
            await file.WriteAsync(content);
        }

        File.Move(unfinished, Path.Combine(_settings.Directory, name), overwrite: true);
        Interlocked.Add(ref _total, content.Length);
    }

    [LoggerMessage(LogLevel.Warning, "{Asset} could not be kept: {Cause}")]
    private partial void LogFailed(string asset, string cause);
}
