using System.Globalization;
using System.Text.RegularExpressions;
using EmbedStack.Api.Http;

namespace EmbedStack.Api.Audit.Reading;

/// <summary>Makes a filter of what stands in the address. A name that nobody knows is refused: it would filter nothing.</summary>
internal static partial class AuditFilterReader
{
    private const int MostRows = 500;
    private static readonly string[] Times = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <exception cref="ProblemException">What is wrong with the address.</exception>
    public static AuditFilter Read(AuditQuery query, IQueryCollection given)
    {
        if (given.Keys.FirstOrDefault(name => !AuditQuery.Names.Contains(name)) is not null)
        {
            throw Malformed($"Only these may be asked for: {string.Join(", ", AuditQuery.Names)}.");
        }

        var filter = new AuditFilter
        {
            From = Time("from", query.From),
            To = Time("to", query.To),
            Kind = Match("kind", query.Kind, Word()),
            Outcome = Match("outcome", query.Outcome, Outcome()),
            Person = Match("person", query.Person, Name()),
            Dashboard = Match("dashboard", query.Dashboard, Name()),
            Tenant = Match("tenant", query.Tenant, Name()),
            Limit = Limit(query.Limit),
            After = Cursor(query.Cursor),
        };
        return filter.From > filter.To ? throw Malformed("'from' must not be after 'to'.") : filter;
    }

    /// <summary>A day of a range, or null where none is named.</summary>
    /// <exception cref="ProblemException">It is no date.</exception>
    public static DateOnly? Day(string name, string? text) =>
        Time(name, text) is { } time ? DateOnly.FromDateTime(time.UtcDateTime) : null;

    public static ProblemException Malformed(string title) => new(Problems.Malformed with { Title = title });

    // Years that the calendar's end would leave no room around are nobody's.
    private static DateTimeOffset? Time(string name, string? text) => text switch
    {
        null => null,
        _ when DateTimeOffset.TryParseExact(text, Times, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            && time.Year is >= 2000 and < 2200 => time.ToUniversalTime(),
        _ => throw Malformed($"'{name}' must be a time such as 2026-11-21 or 2026-11-21T08:00:00Z."),
    };

    private static string? Match(string name, string? text, Regex form) =>
        text is null || form.IsMatch(text) ? text : throw Malformed($"'{name}' is none.");

    private static int Limit(string? text) => text switch
    {
        null => new AuditFilter().Limit,
        _ when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= MostRows => limit,
        _ => throw Malformed($"'limit' must be a number from 1 to {MostRows}."),
    };

    private static AuditCursor? Cursor(string? text) =>
        text is null ? null : AuditCursor.Read(text) ?? throw Malformed("'cursor' must come from a former answer.");

    [GeneratedRegex(@"\A[a-z][a-z_]{0,39}\z")]
    private static partial Regex Word();

    [GeneratedRegex(@"\A(allowed|refused)\z")]
    private static partial Regex Outcome();

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{1,64}\z")]
    private static partial Regex Name();
}
