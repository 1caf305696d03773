using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using Aspire.Hosting.Dcp.Model;

namespace Aspire.Hosting.Dcp;

/// <summary>DCP's API.</summary>
internal sealed class DcpClient : IDisposable
{
    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private static readonly TimeSpan RetryWindow = TimeSpan.FromSeconds(20);
    private HttpClient? _http;

    public void Dispose() => _http?.Dispose();

    internal void Connect(Kubeconfig kubeconfig) => _http = DcpHttp.Create(kubeconfig);

    internal async Task<T> CreateAsync<T>(T value, CancellationToken cancellationToken)
        where T : DcpObject, IDcpKind
    {
        value.Kind = T.KindName;
        using var response = await SendAsync(() => new HttpRequestMessage(HttpMethod.Post, PathOf<T>()) { Content = JsonContent.Create(value, options: Json) }, cancellationToken).ConfigureAwait(false);
        return await ReadAsync<T>(response, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The object, or null where there is none.</summary>
    internal async Task<T?> GetAsync<T>(string name, CancellationToken cancellationToken)
        where T : DcpObject, IDcpKind
    {
        using var response = await SendAsync(() => new HttpRequestMessage(HttpMethod.Get, PathOf<T>(name)), cancellationToken).ConfigureAwait(false);
        return response.StatusCode == HttpStatusCode.NotFound ? null : await ReadAsync<T>(response, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Asks for the object's end; false where there is none any more.</summary>
    internal async Task<bool> DeleteAsync<T>(string name, CancellationToken cancellationToken)
        where T : DcpObject, IDcpKind
    {
        using var response = await SendAsync(() => new HttpRequestMessage(HttpMethod.Delete, PathOf<T>(name)), cancellationToken).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            return false;
        }

        await RequireSuccessAsync(response, cancellationToken).ConfigureAwait(false);
        return true;
    }

    internal async Task PatchSpecAsync<T>(string name, object spec, CancellationToken cancellationToken)
        where T : DcpObject, IDcpKind
    {
        using var response = await SendAsync(() => Patch(PathOf<T>(name), new { spec }), cancellationToken).ConfigureAwait(false);
        await RequireSuccessAsync(response, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>All objects as they are, then each change, until DCP ends the answer.</summary>
    internal async IAsyncEnumerable<(string Type, T Object)> WatchAsync<T>([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
        where T : DcpObject, IDcpKind
    {
        using var response = await SendAsync(() => new HttpRequestMessage(HttpMethod.Get, $"{PathOf<T>()}?watch=true"), cancellationToken).ConfigureAwait(false);
        await RequireSuccessAsync(response, cancellationToken).ConfigureAwait(false);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false));
        while (await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line)
        {
            if (line.Length > 0 && JsonSerializer.Deserialize<WatchEvent<T>>(line, Json) is { Object: { } value } change && change.Type is "ADDED" or "MODIFIED" or "DELETED")
            {
                yield return (change.Type, value);
            }
        }
    }

    /// <summary>Opens one source of an object's log.</summary>
    internal async Task<Stream?> OpenLogAsync(string plural, string name, string source, bool follow, CancellationToken cancellationToken)
    {
        var path = $"{PathOf(plural)}/{name}/log?source={source}&follow={(follow ? "true" : "false")}&timestamps=true";
        var response = await SendAsync(() => new HttpRequestMessage(HttpMethod.Get, path), cancellationToken).ConfigureAwait(false);
        if (response.IsSuccessStatusCode)
        {
            return await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        }

        response.Dispose();
        return null;
    }

    internal async Task<string?> GetServerStatusAsync(CancellationToken cancellationToken)
    {
        using var response = await _http!.GetAsync("/admin/execution", cancellationToken).ConfigureAwait(false);
        var execution = await response.Content.ReadFromJsonAsync<Execution>(Json, cancellationToken).ConfigureAwait(false);
        return execution?.Status;
    }

    internal async Task SetServerStatusAsync(object status, CancellationToken cancellationToken)
    {
        using var response = await _http!.SendAsync(Patch("/admin/execution", status), cancellationToken).ConfigureAwait(false);
    }

    private static HttpRequestMessage Patch(string path, object change)
        => new(HttpMethod.Patch, path) { Content = JsonContent.Create(change, new("application/merge-patch+json"), Json) };

    private static string PathOf(string plural) => $"/apis/{DcpObject.Group}/{DcpObject.Version}/{plural}";

    private static string PathOf<T>()
        where T : IDcpKind => PathOf(T.Plural);

    private static string PathOf<T>(string name)
        where T : IDcpKind => $"{PathOf(T.Plural)}/{name}";

    private static async Task<T> ReadAsync<T>(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await RequireSuccessAsync(response, cancellationToken).ConfigureAwait(false);
        return (await response.Content.ReadFromJsonAsync<T>(Json, cancellationToken).ConfigureAwait(false))!;
    }

    private static async Task RequireSuccessAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (!response.IsSuccessStatusCode)
        {
            var text = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
            throw new DcpException(response.StatusCode, $"DCP answered {(int)response.StatusCode}: {Message(text)}");
        }
    }

    private static string Message(string text)
    {
        try
        {
            return JsonDocument.Parse(text).RootElement.GetProperty("message").GetString() ?? text;
        }
        catch (Exception ex) when (ex is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return text;
        }
    }

    /// <summary>DCP listens a little after its kubeconfig is there, and answers 409 while an object is between two states.</summary>
    private async Task<HttpResponseMessage> SendAsync(Func<HttpRequestMessage> request, CancellationToken cancellationToken)
    {
        var http = _http ?? throw new InvalidOperationException("DCP has not been started.");
        var started = DateTime.UtcNow;
        for (var delay = TimeSpan.FromMilliseconds(100); ; delay = delay < TimeSpan.FromSeconds(5) ? delay * 2 : delay)
        {
            using var message = request();
            var canRetry = DateTime.UtcNow - started < RetryWindow;
            try
            {
                var response = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
                if (response.StatusCode != HttpStatusCode.Conflict || message.Method == HttpMethod.Post || !canRetry)
                {
                    return response;
                }

                response.Dispose();
            }
            catch (HttpRequestException) when (canRetry)
            {
                // Not up yet.
            }

            await Task.Delay(delay, cancellationToken).ConfigureAwait(false);
        }
    }

    private sealed record WatchEvent<T>(string Type, T? Object);

    private sealed record Execution(string? Status);
}

internal sealed class DcpException(HttpStatusCode status, string message) : Exception(message)
{
    internal HttpStatusCode Status => status;
}
