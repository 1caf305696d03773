using EmbedStack.Api.Http;

namespace EmbedStack.Api.Edge.Exports;

/// <summary>
/// A file as Superset made it, whole and on disk before its first byte goes out: only then is it known how many rows it has.
/// </summary>
internal sealed class ExportFile : IAsyncDisposable
{
    private const int Buffer = 64 * 1024;
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);
    private readonly FileStream _content = UnnamedFile.Open();
    private readonly HttpResponseMessage _head;

    private ExportFile(HttpResponseMessage head) => _head = head;

    /// <summary>Records, without the line that names the columns; once they are counted.</summary>
    public int Rows { get; private set; }

    /// <summary>Takes the whole answer: Superset is done with it then, however long it takes to count.</summary>
    /// <exception cref="ProblemException">It is larger than an export may be, or Superset broke it off.</exception>
    public static async Task<ExportFile> TakeAsync(HttpResponseMessage answer, ExportSettings settings, CancellationToken cancellationToken)
    {
        var file = new ExportFile(answer);
        try
        {
            await file.TakeAsync(settings.Bytes, cancellationToken);
            return file;
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    /// <summary>Counts its rows.</summary>
    /// <exception cref="ProblemException">It has more than an export may have, or is none.</exception>
    public async Task CountAsync(ExportSettings settings, CancellationToken cancellationToken)
    {
        try
        {
            _content.Position = 0;
            Rows = await ExportRows.CountAsync(_content, settings.Rows, cancellationToken);
            _content.Position = 0;
        }
        catch (InvalidDataException exception)
        {
            throw new ProblemException(Problems.SupersetRefused, exception);
        }
        catch (OperationCanceledException exception)
        {
            throw new ProblemException(Problems.SupersetUnavailable, exception);
        }

        if (Rows > settings.Rows)
        {
            throw new ProblemException(Problems.ExportTooLarge);
        }
    }

    public async Task SendAsync(HttpContext context)
    {
        context.Response.StatusCode = (int)_head.StatusCode;
        EdgeHeaders.CopyTo(context.Response.Headers, _head, EdgeRoute.ChartData);
        context.Response.ContentLength = _content.Length;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        limit.CancelAfter(Longest);
        try
        {
            await _content.CopyToAsync(context.Response.Body, Buffer, limit.Token);
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            context.Abort(); // it holds a place of somebody else's
        }
    }

    public ValueTask DisposeAsync() => _content.DisposeAsync();

    private async Task TakeAsync(long most, CancellationToken cancellationToken)
    {
        await using var body = await Superset(_head.Content.ReadAsStreamAsync(cancellationToken));
        var buffer = new byte[Buffer];
        int read;
        while ((read = await Superset(body.ReadAsync(buffer, cancellationToken).AsTask())) > 0)
        {
            if (_content.Length + read > most)
            {
                throw new ProblemException(Problems.ExportTooLarge);
            }

            await _content.WriteAsync(buffer.AsMemory(0, read), CancellationToken.None);
        }

        // What this machine's disk has to say is something else.
        static async Task<T> Superset<T>(Task<T> says)
        {
            try
            {
                return await says;
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
            {
                throw new ProblemException(Problems.SupersetUnavailable, exception);
            }
        }
    }
}
