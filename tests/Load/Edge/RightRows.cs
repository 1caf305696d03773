using System.Collections.Concurrent;
using System.Globalization;
using System.IO.Compression;
using System.Text.Json;

namespace EmbedStack.Load.Edge;

/// <summary>
/// Holds answers against what the database itself counts, and against the rows that stock Superset shows the same clinic under
/// the same rule, in any order: rows that a chart does not tell apart come in any. Bytes that were right before are not
/// unpacked again: the generator shares the machine with what it measures.
/// </summary>
/// <param name="counted">Each clinic's appointments, by SQL; null where any answer will do.</param>
internal sealed class RightRows(IReadOnlyDictionary<string, long>? counted)
{
    /// <summary>For a server that has one answer.</summary>
    public static readonly RightRows Any = new(null);

    private const string CountedChart = "Appointments";
    private const string CountedMetric = "appointments";
    private readonly ConcurrentDictionary<(string Tenant, string Chart), string> _rows = [];
    private readonly ConcurrentDictionary<(string Tenant, string Chart), byte[]> _bytes = [];

    /// <summary>Forgets bytes, not rows: another target packs the same rows otherwise.</summary>
    public void NextTarget() => _bytes.Clear();

    /// <summary>What is wrong with an answer, or nothing.</summary>
    public string? Find(string tenant, string chart, byte[] body, bool isPacked)
    {
        var key = (tenant, chart);
        if (counted is null)
        {
            return null;
        }

        if (_bytes.TryGetValue(key, out var known) && known.AsSpan().SequenceEqual(body))
        {
            return null;
        }

        try
        {
            if (FindIn(isPacked ? Unpack(body) : body, tenant, chart) is { } wrong)
            {
                return wrong;
            }
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or IOException or FormatException)
        {
            return $"{chart} of {tenant} cannot be read: {exception.Message}";
        }

        _bytes[key] = body;
        return null;
    }

    /// <summary>Clinics that look alike would hide that one sees another's rows.</summary>
    /// <returns>Two clinics that show the same, or nothing.</returns>
    public string? FindTwins() => _rows.GroupBy(entry => entry.Key.Tenant, entry => (entry.Key.Chart, entry.Value))
        .Select(clinic => (clinic.Key, Rows: string.Join('\n', clinic.Order().Select(chart => $"{chart.Chart}: {chart.Value}"))))
        .GroupBy(clinic => clinic.Rows, clinic => clinic.Key)
        .Where(same => same.Count() > 1)
        .Select(same => $"{string.Join(" and ", same)} are shown the same rows").FirstOrDefault();

    private string? FindIn(byte[] text, string tenant, string chart)
    {
        using var document = JsonDocument.Parse(text);
        var results = document.RootElement.GetProperty("result").EnumerateArray().ToArray();
        foreach (var result in results)
        {
            if (result.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.String)
            {
                return $"{chart}: {error.GetString()}";
            }
        }

        var data = results.SelectMany(result => result.GetProperty("data").EnumerateArray()).ToArray();
        if (chart == CountedChart && data[0].GetProperty(CountedMetric).GetInt64() != counted![tenant])
        {
            return $"{tenant} has {counted[tenant]} appointments, but is shown {data[0].GetProperty(CountedMetric).GetInt64()}";
        }

        var rows = string.Join('\n', data.Select(Row).Order(StringComparer.Ordinal));
        return _rows.GetOrAdd((tenant, chart), rows) == rows ? null : $"{chart} of {tenant} shows other rows than before";
    }

    // Sums of fractions may differ in their last digit by the order in which rows were read.
    private static string Row(JsonElement row) => string.Join(' ', row.EnumerateObject().Select(cell =>
        $"{cell.Name}={(cell.Value.ValueKind == JsonValueKind.Number ? cell.Value.GetDouble().ToString("G9", CultureInfo.InvariantCulture) : cell.Value.GetRawText())}"));

    private static byte[] Unpack(byte[] body)
    {
        using var unpacked = new MemoryStream();
        using var stream = new BrotliStream(new MemoryStream(body), CompressionMode.Decompress);
        stream.CopyTo(unpacked);
        return unpacked.ToArray();
    }
}
