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
    private readonly ConcurrentDictionary<(string Path, string Network), Task<byte[]?>> _waits = [];
    private readonly ConcurrentDictionary<string, Task<byte[]?>> _fetches = new(StringComparer.Ordinal);

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

        var content = await FetchAsync(asset, Networks.Of(context)).WaitAsync(cancellationToken);
        if (store.Find(asset, packs) is { } fetched)
        {
            await WriteAsync(context, asset, fetched);
        }
        else
        {
            _ = content ?? throw new ProblemException(Problems.SupersetUnavailable); // it was there a moment ago
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

    // Not the browser's own wait: whoever goes away leaves the asset to the next. Null where it is kept by now.
    private Task<byte[]?> FetchAsync(AssetPath asset, string network)
    {
        var own = NewFetch();
        var fetch = _waits.GetOrAdd((asset.Path, network), own.Task);
        if (fetch == own.Task)
        {
            _ = EndAsync(_waits, (asset.Path, network), WaitAsync(asset, network), own);
        }

        return fetch;
    }

    // Each network in a line of its own: one that asks for much delays nobody else's page.
    private async Task<byte[]?> WaitAsync(AssetPath asset, string network)
    {
        using var limit = new CancellationTokenSource(Patience);
        using var turn = await superset.EnterAsync(SupersetQueue.Assets, network, limit.Token);
        if (store.Find(asset, packs: false) is not null)
        {
            return null;
        }

        var own = NewFetch();
        var fetch = _fetches.GetOrAdd(asset.Path, own.Task);
        if (fetch == own.Task)
        {
            _ = EndAsync(_fetches, asset.Path, FillAsync(asset, turn), own);
        }
        else
        {
            turn.Dispose();
        }

        return await fetch;
    }

    private async Task<byte[]?> FillAsync(AssetPath asset, IDisposable turn)
    {
        using var limit = new CancellationTokenSource(SupersetReads.PatienceFor(EdgeRoute.Asset));
        using var request = new HttpRequestMessage(HttpMethod.Get, asset.Path.TrimStart('/'));
        using var reply = await superset.SendAsync(request, turn, limit.Token);
        SupersetRefusals.Check(reply.Response.StatusCode);
        await SupersetReads.ReceiveAsync(reply, limit.Token, Largest);
        var content = await reply.Response.Content.ReadAsByteArrayAsync(limit.Token);
        await store.KeepAsync(asset, content);
        return content;
    }

    private static TaskCompletionSource<byte[]?> NewFetch() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static async Task EndAsync<T>(ConcurrentDictionary<T, Task<byte[]?>> all, T key, Task<byte[]?> work, TaskCompletionSource<byte[]?> fetch)
        where T : notnull
    {
        try
        {
            var content = await work;
            all.TryRemove(key, out _);
            fetch.SetResult(content);
        }
        catch (Exception exception)
        {
            all.TryRemove(key, out _);
            fetch.SetException(exception is ProblemException ? exception : new ProblemException(Problems.SupersetUnavailable, exception));
            _ = fetch.Task.Exception; // nobody may be left to see it
        }
    }
}
