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

    public KeycloakPeer(int port)
    {
        Address = $"http://localhost:{port}";
        _app = PeerServer.Create(port);
        _app.Use(async (context, next) =>
        {
            if (Away)
            {
                context.Abort();
                return;
            }

            await next();
        });
        _app.MapGet("/realms/embedstack/.well-known/openid-configuration", () => Results.Json(new { issuer = AnnouncedIssuer ?? Issuer }));
        _app.MapPost("/realms/embedstack/protocol/openid-connect/token", (Delegate)TokenAsync);
        _app.MapPost("/realms/embedstack/protocol/openid-connect/token/introspect", (Delegate)IntrospectAsync);
        _app.MapPost("/realms/embedstack/protocol/openid-connect/logout", (Delegate)LogoutAsync);
    }

    public string Address { get; }

    public string Issuer => $"{Address}/realms/embedstack";

    public string? AnnouncedIssuer { get; set; }

    public string Secret { get; set; } = "client-secret-of-the-tests";

    public bool Away { get; set; }

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

    public bool HoldsRefreshTokenOf(TestPerson person) => _refreshTokens.Values.Contains(person);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

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
        return _refreshTokens.TryRemove(form["refresh_token"]!, out var person) && person.RefreshAllowed
            ? Tokens(person)
            : Results.Json(new { error = "invalid_grant" }, statusCode: 400);
    }

    private async Task<IResult> IntrospectAsync(HttpContext context)
    {
        Interlocked.Increment(ref _introspections);
        var form = await context.Request.ReadFormAsync();
        if (!IsClient(context.Request))
        {
            return Results.Json(new { error = "invalid_client" }, statusCode: 401);
        }

        return _accessTokens.TryGetValue(form["token"]!, out var person) && person.Active
            ? Results.Json(new
            {
                active = true,
                iss = Issuer,
                aud = ClientId,
                sub = person.Subject,
                sid = "keycloak-session",
                azp = ClientId,
                client_id = ClientId,
                name = person.Name,
                organization = person.Organizations,
                role = person.Roles,
                staff_id = person.StaffId,
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
        var (access, refresh) = (Random(), Random());
        _accessTokens[access] = person;
        _refreshTokens[refresh] = person;
        return Results.Json(new { access_token = access, refresh_token = refresh, id_token = "id-token", token_type = "Bearer", expires_in = AccessTokenSeconds });
    }

    private bool IsClient(HttpRequest request) =>
        AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var header)
        && header.Parameter == Convert.ToBase64String(Encoding.UTF8.GetBytes($"{ClientId}:{Secret}"));

    private static string Random() => Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
}
