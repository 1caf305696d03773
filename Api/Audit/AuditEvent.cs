using System.Diagnostics;
using System.Net;
using EmbedStack.Api.Http;
using EmbedStack.Api.Tenancy;

namespace EmbedStack.Api.Audit;

/// <summary>One row of the audit: who did what, from where, and how it ended. Never a token, a rule's values or a name.</summary>
internal sealed record AuditEvent(string Kind, bool Allowed)
{
    private const int LongestUserAgent = 256;

    public string? Reason { get; init; }

    public string? Subject { get; init; }

    public Guid? SessionId { get; init; }

    public string? Tenant { get; init; }

    public string? Role { get; init; }

    public IReadOnlyList<string>? Dashboards { get; init; }

    public IReadOnlyList<string>? RuleDatasets { get; init; }

    public int? RuleCount { get; init; }

    public string? TokenSha256 { get; init; }

    /// <summary>For the alarms; it is not stored.</summary>
    public DateTimeOffset? TokenExpiresAt { get; init; }

    public IPAddress? Address { get; init; }

    /// <summary>The country that a trusted proxy names, for the alarms; it is not stored.</summary>
    public string? Country { get; init; }

    public string? UserAgent { get; init; }

    public string? CorrelationId { get; init; }

    public static AuditEvent Permitted(string kind, HttpContext context) => From(kind, allowed: true, context);

    public static AuditEvent Refused(string kind, string reason, HttpContext context) =>
        From(kind, allowed: true, context).AsRefused(reason, context);

    /// <summary>The same, refused. The request then needs no other row about it.</summary>
    public AuditEvent AsRefused(string reason, HttpContext context)
    {
        AuditedRefusal.SetIn(context);
        return this with { Allowed = false, Reason = reason };
    }

    public AuditEvent By(Person person) => this with
    {
        Subject = person.Subject,
        SessionId = person.SessionId,
        Tenant = person.Tenant.Key,
        Role = person.Role,
    };

    private static AuditEvent From(string kind, bool allowed, HttpContext context) => new(kind, allowed)
    {
        Address = context.Connection.RemoteIpAddress,
        Country = context.Features.Get<ProxyCountry>()?.Code,
        UserAgent = Shorten(context.Request.Headers.UserAgent.ToString()),
        CorrelationId = Activity.Current?.TraceId.ToString(),
    };

    // Half a surrogate pair is no text to Postgres, and what cannot be audited does not happen.
    private static string? Shorten(string text) => text.Length switch
    {
        0 => null,
        <= LongestUserAgent => text,
        _ => text[..(char.IsHighSurrogate(text[LongestUserAgent - 1]) ? LongestUserAgent - 1 : LongestUserAgent)],
    };
}
