using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace EmbedStack.Api.Tests.Stack;

/// <summary>
/// Plays Keycloak's back channel as it was seen to answer, for what the real one cannot be made to do in a test:
/// be away, be slow, change its mind at a given moment.
/// </summary>
public sealed class KeycloakPeer : IAsyncDisposable
{
    public const string ClientId = "embedstack-api";
    private readonly ConcurrentDictionary<string, (TestPerson Person, string Challenge, string RedirectUri)> _codes = new();
    private readonly ConcurrentDictionary<string, TestPerson> _accessTokens = new();
    private readonly ConcurrentDictionary<string, TestPerson> _refreshTokens = new();
    private readonly WebApplication _app;
    private int _refreshes;
    private int _introspections;
    private int _stumbles;

    public KeycloakPeer(int port, TimeProvider clock)
    {
        Address = $"http://localhost:{port}";
        Logout = new LogoutTokens(Issuer, clock);
        _app = PeerServer.Create(port);
        _app.Use(async (context, next) =>
        {
            if (Away)
            {
                context.Abort();
                return;
            }

            if (BetweenUs is { } status)
            {
                context.Response.StatusCode = status;
                return;
            }

            await next();
        });
        _app.MapGet("/realms/embedstack/.well-known/openid-configuration", () => Results.Json(new { issuer = AnnouncedIssuer ?? Issuer }));
        _app.MapGet("/realms/embedstack/protocol/openid-connect/certs", () => Results.Json(Logout.KeySet));
        _app.MapPost("/realms/embedstack/protocol/openid-connect/token", (Delegate)TokenAsync);
        _app.MapPost("/realms/embedstack/protocol/openid-connect/token/introspect", (Delegate)IntrospectAsync);
        _app.MapPost("/realms/embedstack/protocol/openid-connect/logout", (Delegate)LogoutAsync);
    }

    public string Address { get; }

    public string Issuer => $"{Address}/realms/embedstack";

    /// <summary>What it says when a session ends.</summary>
    public LogoutTokens Logout { get; }

    public string? AnnouncedIssuer { get; set; }

    public string Secret { get; set; } = "client-secret-of-the-tests";

    public bool Away { get; set; }

    /// <summary>What a proxy or a limiter between us and Keycloak answers, where there is one.</summary>
    public int? BetweenUs { get; set; }

    /// <summary>Whose tokens it is away for.</summary>
    public TestPerson? AwayFor { get; set; }

    /// <summary>How many of the next introspections go wrong within Keycloak: it answers 400 then, as where its database's connection breaks.</summary>
    public int Stumbles
    {
        get => Volatile.Read(ref _stumbles);
        set => Volatile.Write(ref _stumbles, value);
    }

    /// <summary>What the token endpoint waits for before it answers; what it was given is taken by then.</summary>
    public Func<Task>? BeforeTokens { get; set; }

    public int AccessTokenSeconds { get; set; } = 300;

    public int Refreshes => _refreshes;

    public int Introspections => _introspections;

    public Task StartAsync() => _app.StartAsync();

    public string IssueCode(TestPerson person, string challenge, string redirectUri)
    {
        var code = Random();
        _codes[code] = (person, challenge, redirectUri);
        return code;
    }

    /// <summary>An access token that another client has, such as a machine's.</summary>
    public string IssueBearer(TestPerson person)
    {
        var token = Logout.Access(person);
        _accessTokens[token] = person;
        return token;
    }

    /// <summary>The token that the Api itself holds for a person.</summary>
    public string SessionTokenOf(TestPerson person) => _accessTokens.Last(token => token.Value == person).Key;

    public bool HoldsRefreshTokenOf(TestPerson person) => _refreshTokens.Values.Contains(person);

    public ValueTask DisposeAsync()
    {
        Logout.Dispose();
        return _app.DisposeAsync();
    }

    private async Task<IResult> TokenAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync();
        if (!IsClient(context.Request))
        {
            return Results.Json(new { error = "unauthorized_client" }, statusCode: 401);
        }

        if (form["grant_type"] == "authorization_code")
        {
            return _codes.TryRemove(form["code"]!, out var grant)
                && form["redirect_uri"] == grant.RedirectUri
                && Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"]!))) == grant.Challenge
                    ? Tokens(grant.Person)
                    : Results.Json(new { error = "invalid_grant" }, statusCode: 400);
        }

        Interlocked.Increment(ref _refreshes);
        var answer = _refreshTokens.TryRemove(form["refresh_token"]!, out var person) && person.RefreshAllowed
            ? Tokens(person)
            : Results.Json(new { error = "invalid_grant" }, statusCode: 400);
        await (BeforeTokens?.Invoke() ?? Task.CompletedTask);
        return answer;
    }

    private async Task<IResult> IntrospectAsync(HttpContext context)
    {
        Interlocked.Increment(ref _introspections);
        var form = await context.Request.ReadFormAsync();
        if (!IsClient(context.Request))
        {
            return Results.Json(new { error = "invalid_client" }, statusCode: 401);
        }

        if (_accessTokens.TryGetValue(form["token"]!, out var person) && person == AwayFor)
        {
            return Results.StatusCode(503);
        }

        if (person is { OrganizationEnabled: false } || Interlocked.Decrement(ref _stumbles) >= 0)
        {
            return Results.Json(new { error = "invalid_request", error_description = "Failed to introspect token." }, statusCode: 400);
        }

        return person is { Active: true }
            ? Results.Json(new
            {
                active = true,
                iss = Issuer,
                aud = person.Audience,
                exp = (DateTimeOffset.UtcNow + person.TokenLifetime).ToUnixTimeSeconds(),
                sub = person.Subject,
                sid = person.KeycloakSession,
                azp = person.Client,
                client_id = person.Client,
                name = person.Name,
                organization = person.Client == ClientId ? person.Organizations : null,
                tenant = person.Client == ClientId ? null : person.Organizations,
                role = person.Roles,
                staff_id = person.StaffId,
                region = person.Region,
                department = person.Department,
            })
            : Results.Json(new { active = false });
    }

    private async Task<IResult> LogoutAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync();
        _refreshTokens.TryRemove(form["refresh_token"]!, out _);
        return Results.NoContent();
    }

    private IResult Tokens(TestPerson person)
    {
        var (access, refresh) = (Logout.Access(person), Random());
        _accessTokens[access] = person;
        _refreshTokens[refresh] = person;
        return Results.Json(new { access_token = access, refresh_token = refresh, id_token = "id-token", token_type = "Bearer", expires_in = AccessTokenSeconds });
    }

    private bool IsClient(HttpRequest request) =>
        AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var header)
        && header.Parameter == Convert.ToBase64String(Encoding.UTF8.GetBytes($"{ClientId}:{Secret}"));

    private static string Random() => Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
}
