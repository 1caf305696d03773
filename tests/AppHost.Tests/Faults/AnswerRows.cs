using System.Globalization;
using System.Text.Json;

namespace EmbedStack.AppHost.Tests.Faults;

/// <summary>An answer's rows as a text that can be compared, in any order.</summary>
internal static class AnswerRows
{
    public static string Of(string body)
    {
        using var document = JsonDocument.Parse(body);
        return string.Join('\n', document.RootElement.GetProperty("result").EnumerateArray()
            .SelectMany(result => result.GetProperty("data").EnumerateArray()).Select(Row).Order(StringComparer.Ordinal));
    }

    // Sums of fractions may differ in their last digit by the order in which rows were read.
    private static string Row(JsonElement row) => string.Join(' ', row.EnumerateObject().Select(cell =>
        $"{cell.Name}={(cell.Value.ValueKind == JsonValueKind.Number ? cell.Value.GetDouble().ToString("G9", CultureInfo.InvariantCulture) : cell.Value.GetRawText())}"));
}
