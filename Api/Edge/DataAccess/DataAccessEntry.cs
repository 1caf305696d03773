using System.Diagnostics;
using EmbedStack.Api.Edge.Exchange;

namespace EmbedStack.Api.Edge.DataAccess;

/// <summary>Who was shown, or refused, which rows of what. Never a row, a filter's value or a name.</summary>
internal sealed record DataAccessEntry
{
    public required string Subject { get; init; }

    public required Guid Session { get; init; }

    public required string Tenant { get; init; }

    public required string Role { get; init; }

    /// <summary>What was asked for: a chart's answer, an export, or single rows.</summary>
    public string Way { get; init; } = DataAccessWay.Chart;

    public DateTimeOffset At { get; init; }

    public string? Dashboard { get; init; }

    public string? Dataset { get; init; }

    /// <summary>The chart's key, or its number where it has none; null for filters' values.</summary>
    public string? Chart { get; init; }

    /// <summary>Null where they are refused.</summary>
    public int? Rows { get; init; }

    /// <summary>Whence the rows came; null where it was refused.</summary>
    public EdgeSource? Source { get; init; }

    /// <summary>Why it was refused.</summary>
    public string? Reason { get; init; }

    public string? CorrelationId { get; init; }

    public static DataAccessEntry By(EdgeGuest guest) => new()
    {
        Subject = guest.Subject, Session = guest.Sid, Tenant = guest.Tenant, Role = guest.Role, CorrelationId = Activity.Current?.TraceId.ToString(),
    };
}
