using System.Buffers.Text;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using EmbedStack.Api.Audit;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace EmbedStack.Api.Identity;

/// <summary>Keeps tickets on the server: the cookie holds a random key and nothing else.</summary>
internal sealed class SessionTicketStore(SessionStore sessions, SessionLimits limits, AuditLog audit, TimeProvider time) : ITicketStore
{
    private const string TooMany = "too-many-sessions";

    public async Task<string> StoreAsync(AuthenticationTicket ticket)
    {
        var key = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var session = Session.Of(ticket.Properties) ?? throw new InvalidOperationException("Only a sign-in makes a session.");
        var ended = await sessions.AddAsync(
            Hash(key), session, ticket.Principal.FindFirstValue(SessionClaims.KeycloakSession), Serialize(ticket), Expiry(ticket),
            CancellationToken.None);
        await audit.WriteEndedAsync(ended.Select(one => one.Because(TooMany)));
        return key;
    }

    public Task RenewAsync(string key, AuthenticationTicket ticket) =>
        sessions.TouchAsync(Hash(key), Serialize(ticket), Expiry(ticket), CancellationToken.None);

    public async Task<AuthenticationTicket?> RetrieveAsync(string key)
    {
        if (await sessions.FindAsync(Hash(key), CancellationToken.None) is not var (session, bytes)
            || TicketSerializer.Default.Deserialize(bytes) is not { } ticket)
        {
            return null;
        }

        session.AttachTo(ticket.Properties);
        return ticket;
    }

    public Task RemoveAsync(string key) => sessions.RemoveAsync(Hash(key), CancellationToken.None);

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));

    private static byte[] Serialize(AuthenticationTicket ticket) => TicketSerializer.Default.Serialize(ticket);

    private DateTimeOffset Expiry(AuthenticationTicket ticket) => ticket.Properties.ExpiresUtc ?? time.GetUtcNow() + limits.Idle;
}
