using System.Collections.Concurrent;
using EmbedStack.Api.Edge.Cache;
using EmbedStack.Api.Edge.Protection;
using EmbedStack.Api.Http;
using Microsoft.Net.Http.Headers;

namespace EmbedStack.Api.Edge.Assets;

/// <summary>Answers assets that never change from disk, asking Superset for each once, and browsers to keep them.</summary>
internal sealed class AssetHandler(AssetStore store, SupersetReads superset)
{
    private const int Largest = 32 * 1024 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly ConcurrentDictionary<string, Task<byte[]>> _fetches = new(StringComparer.Ordinal);

    /// <returns>Whence it came; null where it may change, and nothing was written.</returns>
    /// <exception cref="ProblemException">Superset is away, or has no such asset.</exception>
    public async Task<EdgeSource?> AnswerAsync(HttpContext context, CancellationToken cancellationToken)
    {
        if (AssetPath.Of(context.Request) is not { } asset)
        {
            return null;
        }

        var packs = AnswerWriter.TakesBrotli(context.Request);
        if (store.Find(asset, packs) is { } kept)
        {
            await WriteAsync(context, asset, kept);
            return EdgeSource.Store;
        }

        var content = await FetchAsync(asset, Networks.Of(context), cancellationToken);
        if (store.Find(asset, packs) is { } fetched)
        {
            await WriteAsync(context, asset, fetched);
        }
        else
        {
            SetHeaders(context.Response, asset, content.Length, isPacked: false);
            await context.Response.Body.WriteAsync(content, cancellationToken);
        }

        return EdgeSource.Superset;
    }

    private static Task WriteAsync(HttpContext context, AssetPath asset, (FileInfo File, bool IsPacked) kept)
    {
        SetHeaders(context.Response, asset, kept.File.Length, kept.IsPacked);
        return context.Response.SendFileAsync(kept.File.FullName, context.RequestAborted);
    }

    private static void SetHeaders(HttpResponse response, AssetPath asset, long length, bool isPacked)
    {
        response.ContentType = asset.ContentType;
        response.ContentLength = length;
        response.Headers.CacheControl = "public, max-age=31536000, immutable";
        response.Headers.Vary = HeaderNames.AcceptEncoding;
        if (isPacked)
        {
            response.Headers.ContentEncoding = "br";
        }
    }

    private async Task<byte[]> FetchAsync(AssetPath asset, string network, CancellationToken cancellationToken)
    {
        var (fetch, isOwn) = Join(asset, network);
        try
        {
            return await fetch.WaitAsync(cancellationToken);
        }
        catch (ProblemException busy) when (!isOwn && busy.Problem == Problems.SupersetBusy)
        {
            // Another network's line was full: this one's may not be.
            return await Join(asset, network).Fetch.WaitAsync(cancellationToken);
        }
    }

    // Not the browser's own wait: whoever goes away leaves the asset to the next.
    private (Task<byte[]> Fetch, bool IsOwn) Join(AssetPath asset, string network)
    {
        var own = new TaskCompletionSource<byte[]>(TaskCreationOptions.RunContinuationsAsynchronously);
        var fetch = _fetches.GetOrAdd(asset.Path, own.Task);
        if (fetch == own.Task)
        {
            _ = FillAsync(asset, network, own);
        }

        return (fetch, fetch == own.Task);
    }

    private async Task FillAsync(AssetPath asset, string network, TaskCompletionSource<byte[]> fetch)
    {
        try
        {
            using var limit = new CancellationTokenSource(Patience);
            using var request = new HttpRequestMessage(HttpMethod.Get, asset.Path.TrimStart('/'));
            using var reply = await superset.SendAsync(request, SupersetQueue.Assets, network, limit.Token);
            SupersetRefusals.Check(reply.Response.StatusCode);
            await reply.Response.Content.LoadIntoBufferAsync(Largest, limit.Token);
            var content = await reply.Response.Content.ReadAsByteArrayAsync(limit.Token);
            reply.Turn.Dispose(); // to pack it is this machine's work
            await store.KeepAsync(asset, content);
            _fetches.TryRemove(asset.Path, out _);
            fetch.SetResult(content);
        }
        catch (Exception exception)
        {
            _fetches.TryRemove(asset.Path, out _);
            fetch.SetException(exception is ProblemException ? exception : new ProblemException(Problems.SupersetUnavailable, exception));
            _ = fetch.Task.Exception; // nobody may be left to see it
        }
    }
}
