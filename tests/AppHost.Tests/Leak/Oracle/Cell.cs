using System.Globalization;
using System.Text.Json;

namespace EmbedStack.AppHost.Tests.Leak.Oracle;

/// <summary>One form for a value, whether Superset wrote it as JSON or CSV or Postgres answered it.</summary>
internal static class Cell
{
    public const string Nothing = "(null)";

    public static string Of(object? value) => value switch
    {
        null or DBNull => Nothing,
        DateTime time => Milliseconds(time),
        DateOnly date => Milliseconds(date.ToDateTime(TimeOnly.MinValue)),
        bool flag => flag ? "true" : "false",
        string text => text,
        IConvertible number => Number(number.ToDouble(CultureInfo.InvariantCulture)),
        _ => throw new NotSupportedException($"A cell of type {value.GetType()}."),
    };

    public static string Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => Nothing,
        JsonValueKind.Number => Number(value.GetDouble()),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.String => value.GetString()!,
        _ => value.GetRawText(),
    };

    /// <summary>A CSV cell: dates and figures look alike there, so both are read for what they are.</summary>
    public static string OfText(string text) =>
        text.Length == 0 ? Nothing
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? Number(number)
        : DateTime.TryParseExact(text, ["yyyy-MM-dd", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm:sszzz"], CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var time) ? Milliseconds(time)
        : text;

    public static bool IsFigure(string cell) => double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    // Ten digits: sums of floating-point numbers differ in the last ones with the order of their rows. By way of fifteen
    // and a decimal: where the eleventh digit is a five and the last, the last bit would decide.
    private static string Number(double value)
    {
        var digits = value.ToString("G15", CultureInfo.InvariantCulture);
        return decimal.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var exact) ? exact.ToString("G10", CultureInfo.InvariantCulture) : digits;
    }

    private static string Milliseconds(DateTime time) => Number((time - DateTime.UnixEpoch).TotalMilliseconds);
}
