using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using EmbedStack.AppHost.Tests.SignIn;
using EmbedStack.Load.Measuring;
using EmbedStack.ServiceDefaults.Jobs;
using EmbedStack.Tests.Postgres;

namespace EmbedStack.Load.Stacks;

/// <summary>This repository's stack with data of its own, and one person who is signed in.</summary>
internal sealed class OwnStack : IAsyncDisposable
{
    private const string Dashboard = "clinic";
    private const string Person = "admin@northside.example";
    private const string NoLimit = "1000000";
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(10);
    private readonly ChildProcess _appHost;
    private readonly string _directory;
    private readonly string _password;
    private readonly Browserless _browser = new();

    private OwnStack(ChildProcess appHost, string directory, string password) => (_appHost, _directory, _password) = (appHost, directory, password);

    /// <summary>Where browsers find the app.</summary>
    public Uri App => new(Value("url", "App"));

    /// <summary>Everybody who can sign in.</summary>
    public IEnumerable<(string Name, string Password)> Users => Lines("user").Select(fields => (fields[2], fields[3]));

    /// <summary>How the server's superuser connects to one of its databases.</summary>
    public string Database(string name)
    {
        var address = Value("service", "postgres").Split(':');
        return $"Host={address[0]};Port={address[1]};Username={PostgresServer.Superuser};Password={_password};Database={name};Pooling=false";
    }

    private string StatusFile => Path.Combine(_directory, "status");

    /// <param name="place">The repository.</param>
    /// <param name="issuer">How the Api makes tokens: <c>handshake</c> or <c>signed</c>.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <param name="settings">What the AppHost is told besides.</param>
    public static async Task<OwnStack> StartAsync(
        Workplace place, string issuer, CancellationToken cancellation, IReadOnlyDictionary<string, string>? settings = null)
    {
        var directory = Directory.CreateTempSubdirectory("embedstack-bench-").FullName;
        var password = RandomNumberGenerator.GetHexString(40, lowercase: true);
        var environment = new Dictionary<string, string>
        {
            ["DOTNET_ENVIRONMENT"] = "Development", ["ASPNETCORE_URLS"] = "http://localhost:0", ["ASPIRE_ALLOW_UNSECURED_TRANSPORT"] = "true",
            ["EmbedStack__Persist"] = "false", ["EmbedStack__Runtime"] = "native", ["EmbedStack__ClinicData__Scale"] = "small",
            ["EmbedStack__Https"] = "false",
            ["EmbedStack__StatusFile"] = Path.Combine(directory, "status"),
            ["EmbedStack__GuestTokens__Issuer"] = issuer,
            // Superset's own tokens are what the others make as well.
            ["EmbedStack__Edge__Tokens"] = "direct",
            // Each mint is one: else a token that is young enough would be answered again.
            ["EmbedStack__Api__GuestTokens__Reuse"] = "false",
            // One person asks for all of them.
            ["EmbedStack__Api__RateLimits__PersonBurst"] = NoLimit, ["EmbedStack__Api__RateLimits__PersonPerSecond"] = NoLimit,
            ["EmbedStack__Api__RateLimits__TenantBurst"] = NoLimit, ["EmbedStack__Api__RateLimits__TenantPerSecond"] = NoLimit,
            ["EmbedStack__Api__Alarms__Tokens"] = NoLimit,
            ["Parameters__postgres-password"] = password,
        };
        foreach (var (name, value) in settings ?? new Dictionary<string, string>())
        {
            environment[name] = value;
        }

        var appHost = ChildProcess.Start(Path.Combine(place.Root, "AppHost"), environment, "dotnet", place.AppHost);
        var stack = new OwnStack(appHost, directory, password);
        try
        {
            await appHost.UntilAsync(
                "the stack is up", StartLimit, () => Task.FromResult(stack.Lines("state").Any(fields => fields[1] == "running")), cancellation);
            await stack.SignInAsync(stack._browser, Person, stack.Users.Single(user => user.Name == Person).Password, cancellation);
            return stack;
        }
        catch
        {
            await stack.DisposeAsync();
            throw;
        }
    }

    /// <summary>The Api, past the development server of the app, as the person who is signed in.</summary>
    public async Task<MintTarget> TargetAsync(string name, CancellationToken cancellation)
    {
        var app = new Uri(Value("url", "App"));
        var (address, cookies) = (new Uri(new Uri(Value("service", "api")), "api/superset/guest-token"), _browser.CookiesOf(app));
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, UseProxy = false });
        using var first = await client.SendAsync(Ask(), cancellation);
        var text = await first.Content.ReadAsStringAsync(cancellation);
        if (!first.IsSuccessStatusCode)
        {
            throw new JobException($"the mint answered {(int)first.StatusCode}: {text}");
        }

        return new MintTarget(name, Ask, Token, JsonDocument.Parse(text).RootElement.GetProperty("dashboards")[0].GetProperty("embedded_id").GetString()!);

        HttpRequestMessage Ask()
        {
            var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = JsonContent.Create(new { dashboard_key = Dashboard }) };
            request.Headers.Host = app.Authority;
            request.Headers.Add("X-CSRF", "1");
            request.Headers.Add("Cookie", cookies);
            return request;
        }
    }

    /// <exception cref="JobException">It is refused, or has no answer in a minute.</exception>
    public async Task SignInAsync(Browserless browser, string user, string password, CancellationToken cancellation)
    {
        try
        {
            var page = await browser.OpenAsync(new Uri(App, "bff/login"), cancellation);
            page = await browser.SignInAsync(page, user, password, cancellation);
            if (page.Address.Authority != App.Authority)
            {
                throw new JobException($"{user} was not signed in: {page.Address.GetLeftPart(UriPartial.Path)} answered {(int)page.Status}");
            }
        }
        catch (Exception late) when (late is HttpRequestException || (late is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            throw new JobException($"{user} was not signed in: {late.Message} Next: the same again, while nothing else runs on this machine");
        }
    }

    public async ValueTask DisposeAsync()
    {
        _browser.Dispose();
        await _appHost.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    internal static string? Token(string text)
    {
        using var answer = JsonDocument.Parse(text);
        return answer.RootElement.GetProperty("token").GetString();
    }

    private string Value(string kind, string name) => Lines(kind).Single(fields => fields[1] == name)[2];

    private IEnumerable<string[]> Lines(string kind) =>
        File.Exists(StatusFile) ? File.ReadAllLines(StatusFile).Select(line => line.Split('\t')).Where(fields => fields[0] == kind) : [];
}
