using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using EmbedStack.Api.GuestTokens;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace EmbedStack.Api.Tests.Stack;

/// <summary>Plays Superset's side of the handshake and of the edge, and keeps what it was sent.</summary>
public sealed class SupersetPeer : IAsyncDisposable
{
    public const string Username = "embedstack-api";
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, string> _logins;
    private readonly TimeProvider _clock;
    private int _signIns;
    private int _mints;
    private int _seen;
    private int _held;

    /// <param name="port">Where it listens.</param>
    /// <param name="clock">The tests' clock.</param>
    /// <param name="beside">Another instance, whose logins are its own: both have one database.</param>
    public SupersetPeer(int port, TimeProvider clock, SupersetPeer? beside = null)
    {
        _logins = beside?._logins ?? new();
        _clock = clock;
        Address = $"http://localhost:{port}";
        _app = PeerServer.Create(port);
        _app.Use(InterceptAsync);
        _app.MapPost("/api/v1/security/login", (Delegate)LogInAsync);
        _app.MapGet("/api/v1/security/csrf_token/", (Delegate)Csrf);
        _app.MapPost("/api/v1/security/guest_token/", (Delegate)MintAsync);
        _app.MapGet("/health", () => "OK");
        _app.Map("/{**path}", EchoAsync);
    }

    public string Address { get; }

    public string Password { get; set; } = "service-password-of-the-tests";

    public string IngressSecret { get; } = "ingress-secret-of-the-tests";

    public bool Away { get; set; }

    public bool Hanging { get; set; }

    /// <summary>Whether it does not say how it is, but answers whatever else it is asked.</summary>
    public bool Silent { get; set; }

    /// <summary>How many requests it let hang.</summary>
    public int Held => _held;

    public int TokenSeconds { get; set; } = 300;

    public int SignIns => _signIns;

    public int Mints => _mints;

    /// <summary>Answers edge requests with this instead of an echo.</summary>
    public Func<HttpContext, Task>? Answer { get; set; }

    public JsonElement LastMint { get; private set; }

    /// <summary>How many requests of the edge came.</summary>
    public int Seen => _seen;

    public SeenRequest? LastSeen { get; private set; }

    public Task StartAsync() => _app.StartAsync();

    public void ForgetLogins() => _logins.Clear();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task InterceptAsync(HttpContext context, RequestDelegate next)
    {
        var isSilent = Silent && context.Request.Path == "/health";
        if (Hanging || isSilent)
        {
            Interlocked.Increment(ref _held);
            await Task.Delay(TimeSpan.FromMinutes(2), context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (Away || Hanging || isSilent)
        {
            context.Abort();
        }
        else if (context.Request.Headers["X-Superset-Ingress"] != IngressSecret)
        {
            context.Response.StatusCode = 404;
        }
        else
        {
            await next(context);
        }
    }

    private async Task<IResult> LogInAsync(HttpContext context)
    {
        var body = await JsonSerializer.DeserializeAsync<JsonElement>(context.Request.Body);
        if (body.GetProperty("username").GetString() != Username || body.GetProperty("password").GetString() != Password)
        {
            return Results.Json(new { message = "Not authorized" }, statusCode: 401);
        }

        Interlocked.Increment(ref _signIns);
        var token = Guid.NewGuid().ToString("N");
        _logins[token] = Guid.NewGuid().ToString("N");
        return Results.Json(new { access_token = token });
    }

    private IResult Csrf(HttpContext context)
    {
        if (Login(context) is not { } csrf)
        {
            return Results.Json(new { msg = "Token has expired" }, statusCode: 401);
        }

        context.Response.Headers.SetCookie = $"session={csrf}; HttpOnly; Path=/";
        return Results.Json(new { result = csrf });
    }

    private async Task<IResult> MintAsync(HttpContext context)
    {
        if (Login(context) is not { } csrf)
        {
            return Results.Json(new { msg = "Token has expired" }, statusCode: 401);
        }

        if (context.Request.Headers["X-CSRFToken"] != csrf || context.Request.Cookies["session"] != csrf)
        {
            return Results.Json(new { errors = new[] { new { message = "400 Bad Request: The CSRF session token is missing." } } }, statusCode: 400);
        }

        Interlocked.Increment(ref _mints);
        LastMint = await JsonSerializer.DeserializeAsync<JsonElement>(context.Request.Body);
        var expiry = _clock.GetUtcNow().AddSeconds(TokenSeconds).ToUnixTimeMilliseconds() / 1000.0;
        return Results.Json(new { token = JsonWebSignature.Sign(new { exp = expiry, jti = Guid.NewGuid() }, "guest-secret") });
    }

    private async Task EchoAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        Interlocked.Increment(ref _seen);
        LastSeen = new SeenRequest(
            context.Request.Method, context.Request.Path + context.Request.QueryString,
            context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            await reader.ReadToEndAsync());
        if (Answer is { } answer)
        {
            await answer(context);
            return;
        }

        context.Response.Headers.SetCookie = "session=from-superset; Path=/";
        context.Response.Headers["Server"] = "gunicorn";
        await context.Response.WriteAsJsonAsync(new { path = context.Request.Path.Value });
    }

    private string? Login(HttpContext context) =>
        _logins.GetValueOrDefault(context.Request.Headers.Authorization.ToString().Replace("Bearer ", "", StringComparison.Ordinal));

    public sealed record SeenRequest(string Method, string Target, IReadOnlyDictionary<string, string> Headers, string Body);
}
