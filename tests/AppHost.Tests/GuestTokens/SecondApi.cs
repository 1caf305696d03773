using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using EmbedStack.AppHost.Tests.SignIn;
using EmbedStack.AppHost.Tests.Stack;

namespace EmbedStack.AppHost.Tests.GuestTokens;

/// <summary>One more instance of the stack's Api, with its environment but for some settings: sessions and secrets are shared.</summary>
internal sealed class SecondApi : IAsyncDisposable
{
    private readonly Process _process;
    private readonly HttpClient _client;
    private readonly StackFixture _stack;

    private SecondApi(Process process, HttpClient client, StackFixture stack) => (_process, _client, _stack) = (process, client, stack);

    public static async Task<SecondApi> StartAsync(StackFixture stack, IReadOnlyDictionary<string, string> settings, CancellationToken cancellationToken)
    {
        var (command, environment) = Find(stack);
        var ports = Enumerable.Range(0, 3).Select(_ => FreePort()).ToArray();
        environment["ASPNETCORE_URLS"] = string.Join(';', ports.Select(port => $"http://127.0.0.1:{port}"));
        (environment["EMBED_PORT"], environment["AUTHORS_PORT"]) = ($"{ports[1]}", $"{ports[2]}");
        foreach (var (name, value) in settings)
        {
            environment[name] = value;
        }

        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Clear();
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        var log = new StringBuilder();
        process.OutputDataReceived += (_, line) => log.AppendLine(line.Data);
        process.ErrorDataReceived += (_, line) => log.AppendLine(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, UseProxy = false }) { BaseAddress = new Uri($"http://127.0.0.1:{ports[0]}") };
        var api = new SecondApi(process, client, stack);
        var deadline = DateTimeOffset.UtcNow.AddSeconds(60);
        while (!await api.IsHealthyAsync(cancellationToken))
        {
            Assert.True(DateTimeOffset.UtcNow < deadline && !process.HasExited, $"The second Api did not start:\n{log}");
            await Task.Delay(250, cancellationToken);
        }

        return api;
    }

    public async Task<string> MintAsync(ProductSession session, string dashboard, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/superset/guest-token") { Content = JsonContent.Create(new { dashboard_key = dashboard }) };
        request.Headers.Host = _stack.App.Authority;
        request.Headers.Add("X-CSRF", "1");
        request.Headers.Add("Cookie", session.Cookies);
        using var response = await _client.SendAsync(request, cancellationToken);
        var body = await response.Content.ReadAsStringAsync(cancellationToken);
        Assert.True(response.StatusCode == HttpStatusCode.OK, $"The second Api's mint answered {(int)response.StatusCode}: {body}");
        return JsonDocument.Parse(body).RootElement.GetProperty("token").GetString()!;
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }

    private async Task<bool> IsHealthyAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var response = await _client.GetAsync("health", cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    // The stack's own Api, by what only it is told: this run's embed origin, and to be an Api.
    private static (string[] Command, Dictionary<string, string> Environment) Find(StackFixture stack)
    {
        var mark = $"Origins__Embed={stack.Embed.GetLeftPart(UriPartial.Authority)}";
        foreach (var process in Directory.EnumerateDirectories("/proc").Where(path => int.TryParse(Path.GetFileName(path), out _)))
        {
            try
            {
                var lines = Read(process, "environ");
                var command = Read(process, "cmdline");
                if (lines.Any(line => line.TrimEnd('/') == mark) && command.Any(part => Path.GetFileNameWithoutExtension(part) == "Api"))
                {
                    return (command, lines.Select(line => line.Split('=', 2)).Where(pair => pair.Length == 2).DistinctBy(pair => pair[0]).ToDictionary(pair => pair[0], pair => pair[1]));
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
            }
        }

        throw new InvalidOperationException($"The stack's Api was not found.\n{stack.Describe()}");
    }

    private static string[] Read(string process, string name) =>
        File.ReadAllText(Path.Combine(process, name)).Split('\0', StringSplitOptions.RemoveEmptyEntries);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
