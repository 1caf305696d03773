using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using EmbedStack.Load.Measuring;
using EmbedStack.Tests.Postgres;

namespace EmbedStack.Load.Stacks;

/// <summary>
/// Superset 6.1.0 as it is delivered, with embedding switched on: its own security manager, the same workers, threads,
/// database and cache servers as the other side.
/// </summary>
internal sealed class StockSuperset : IAsyncDisposable
{
    private const string User = "service-account";
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(5);
    private readonly PostgresServer _postgres = new("trust");
    private readonly string _password = RandomNumberGenerator.GetHexString(32, lowercase: true);
    private readonly string _directory = Directory.CreateTempSubdirectory("embedstack-stock-").FullName;
    private readonly int[] _ports = FreePorts.Take(2);
    private readonly List<ChildProcess> _processes = [];
    private readonly Workplace _place;
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseCookies = false, UseProxy = false }) { Timeout = TimeSpan.FromSeconds(60) };
    private string _embeddedId = "";

    private StockSuperset(Workplace place) => _place = place;

    public Uri Address => new($"http://127.0.0.1:{_ports[0]}/");

    /// <param name="place">The repository.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <param name="withClinics">Whether it is to have the clinics' rows and dashboards as well.</param>
    public static async Task<StockSuperset> StartAsync(Workplace place, CancellationToken cancellation, bool withClinics = false)
    {
        var superset = new StockSuperset(place);
        try
        {
            await superset.StartAsync(withClinics, cancellation);
            return superset;
        }
        catch
        {
            await superset.DisposeAsync();
            throw;
        }
    }

    /// <summary>Its own endpoint for guest tokens; login and CSRF token are fetched once, ahead.</summary>
    public async Task<MintTarget> TargetAsync(string name, CancellationToken cancellation)
    {
        using var login = await _client.PostAsJsonAsync(
            new Uri(Address, "api/v1/security/login"), new { username = User, password = _password, provider = "db", refresh = true }, cancellation);
        var bearer = await ReadAsync(login, "access_token", cancellation);
        using var ask = new HttpRequestMessage(HttpMethod.Get, new Uri(Address, "api/v1/security/csrf_token/"));
        ask.Headers.Add("Authorization", $"Bearer {bearer}");
        using var answer = await _client.SendAsync(ask, cancellation);
        var csrf = await ReadAsync(answer, "result", cancellation);
        var cookie = answer.Headers.GetValues("Set-Cookie").First().Split(';')[0];
        return new MintTarget(name, Request, OwnStack.Token, _embeddedId);

        HttpRequestMessage Request()
        {
            var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Address, "api/v1/security/guest_token/")) { Content = JsonContent.Create(Body()) };
            request.Headers.Add("Authorization", $"Bearer {bearer}");
            request.Headers.Add("X-CSRFToken", csrf);
            request.Headers.Add("Cookie", cookie);
            return request;
        }
    }

    /// <summary>How the server's superuser connects to one of its databases.</summary>
    public string Database(string name) => $"Host=127.0.0.1;Port={_postgres.Port};Username={PostgresServer.Superuser};Database={name};Pooling=false";

    /// <summary>Forgets every answer, as after a start.</summary>
    public Task EmptyCachesAsync(CancellationToken cancellation) => ChildProcess.RunAsync(
        _directory, new Dictionary<string, string>(), ["redis-cli", "-h", "127.0.0.1", "-p", $"{_ports[1]}", "flushall"], cancellation);

    /// <summary>A guest token for one clinic's rows.</summary>
    public async Task<string> GuestTokenAsync(string tenant, CancellationToken cancellation)
    {
        var target = await TargetAsync("", cancellation);
        using var request = target.Ask();
        request.Content = JsonContent.Create(new
        {
            user = new { username = $"{tenant}/admin", first_name = tenant, last_name = "admin" },
            resources = new[] { new { type = "dashboard", id = _embeddedId } },
            rls = new[] { new { clause = $"tenant_id = '{tenant}'" } },
        });
        using var answer = await _client.SendAsync(request, cancellation);
        return await ReadAsync(answer, "token", cancellation);
    }

    /// <summary>A backend as the embedded SDK's README suggests, in front of this Superset: a handshake a request.</summary>
    public async Task<MintTarget> ExpressTargetAsync(string name, CancellationToken cancellation)
    {
        var folder = Path.Combine(_directory, "express");
        Directory.CreateDirectory(folder);
        foreach (var file in new[] { "package.json", "package-lock.json", "server.js" })
        {
            File.Copy(Path.Combine(_place.Sources, "express-baseline", file), Path.Combine(folder, file));
        }

        var path = new Dictionary<string, string> { ["PATH"] = $"{_place.Node}:{Environment.GetEnvironmentVariable("PATH")}" };
        await ChildProcess.RunAsync(folder, path, ["npm", "ci", "--no-audit", "--no-fund"], cancellation);
        var port = FreePorts.TakeOne();
        var express = ChildProcess.Start(
            folder,
            new Dictionary<string, string>(path)
            {
                ["NODE_ENV"] = "production", ["PORT"] = $"{port}", ["SUPERSET_URL"] = Address.ToString().TrimEnd('/'),
                ["SUPERSET_USERNAME"] = User, ["SUPERSET_PASSWORD"] = _password, ["GUEST_TOKEN_BODY"] = JsonSerializer.Serialize(Body()),
            },
            "node", "server.js");
        _processes.Add(express);
        var address = new Uri($"http://127.0.0.1:{port}/guest-token");
        await express.UntilAsync("Express answers", TimeSpan.FromSeconds(60), () => AnswersAsync(address, HttpMethod.Post), cancellation);
        return new MintTarget(name, () => new HttpRequestMessage(HttpMethod.Post, address), OwnStack.Token, _embeddedId);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in Enumerable.Reverse(_processes))
        {
            await process.DisposeAsync();
        }

        _client.Dispose();
        await _postgres.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    // As many rules as the Api gives an administrator for the dashboard that it is measured with.
    private object Body() => new
    {
        user = new { username = "northside/admin", first_name = "northside", last_name = "admin" },
        resources = new[] { new { type = "dashboard", id = _embeddedId } },
        rls = Enumerable.Range(1, 4).Select(dataset => new { dataset, clause = "tenant_id = 'northside'" }),
    };

    private async Task StartAsync(bool withClinics, CancellationToken cancellation)
    {
        await _postgres.StartAsync();
        if (withClinics)
        {
            await new ClinicRows(_place, _postgres.Port).LoadAsync(cancellation);
        }

        _processes.Add(ChildProcess.Start(
            _directory, new Dictionary<string, string>(), "redis-server", "--port", $"{_ports[1]}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"));
        var environment = new Dictionary<string, string>
        {
            ["SUPERSET_CONFIG_PATH"] = Path.Combine(_place.Sources, "stock-superset", "superset_config.py"),
            ["SUPERSET_HOME"] = _directory,
            ["STOCK_DATABASE"] = $"postgresql+psycopg2://{PostgresServer.Superuser}@127.0.0.1:{_postgres.Port}/postgres",
            ["STOCK_REDIS"] = $"redis://127.0.0.1:{_ports[1]}",
            ["STOCK_SECRET_KEY"] = RandomNumberGenerator.GetHexString(48),
            ["STOCK_GUEST_SECRET"] = RandomNumberGenerator.GetHexString(48),
            ["STOCK_USER"] = User,
            ["STOCK_PASSWORD"] = _password,
            ["PYTHONNOUSERSITE"] = "1",
        };
        if (withClinics)
        {
            // Past row-level security, which is ours: here the token's rule alone decides.
            environment["STOCK_CLINIC"] = $"postgresql+psycopg2://{PostgresServer.Superuser}@127.0.0.1:{_postgres.Port}/clinic?options=-csearch_path%3Dclinic";
            environment["STOCK_PACKAGE"] = Path.Combine(_place.Root, "SupersetContainer");
        }

        var said = await ChildProcess.RunAsync(
            _directory, environment, [_place.Python, Path.Combine(_place.Sources, "stock-superset", "prepare.py")], cancellation);
        _embeddedId = said.Split('\n').Last(line => line.StartsWith("embedded ", StringComparison.Ordinal))["embedded ".Length..].Trim();
        var gunicorn = ChildProcess.Start(
            _directory, environment, _place.Python, "-m", "gunicorn", "--bind", $"127.0.0.1:{_ports[0]}", "--workers", "2", "--threads", "8",
            "--worker-class", "gthread", "--timeout", "120", "--keep-alive", "75", "superset.app:create_app()");
        _processes.Add(gunicorn);
        await gunicorn.UntilAsync("Superset answers", StartLimit, () => AnswersAsync(new Uri(Address, "health"), HttpMethod.Get), cancellation);
    }

    private async Task<bool> AnswersAsync(Uri address, HttpMethod method)
    {
        try
        {
            using var request = new HttpRequestMessage(method, address);
            using var answer = await _client.SendAsync(request);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static async Task<string> ReadAsync(HttpResponseMessage answer, string name, CancellationToken cancellation) =>
        (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>(cancellation)).GetProperty(name).GetString()!;
}
