using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace EmbedStack.Api.Edge.Cache;

/// <summary>Makes what is kept of what Superset answered.</summary>
internal sealed class ChartFill(EdgeCacheSettings settings, TimeProvider time)
{
    // As long as Superset itself may go by the version of before, and a little more.
    private static readonly TimeSpan Doubt = TimeSpan.FromSeconds(3);
    private const int LargestKept = 4 * 1024 * 1024;
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <param name="answer">Superset's answer, as it came.</param>
    /// <param name="facts">What held when it was asked for; null where it is not to be kept.</param>
    public FilledAnswer Make(ReadOnlyMemory<byte> answer, CacheFacts? facts)
    {
        try
        {
            using var document = JsonDocument.Parse(answer);
            return new FilledAnswer(answer, ChartAnswer.CountRows(document.RootElement), facts is null ? null : Keep(document.RootElement, answer.Length, facts), EdgeSource.Superset);
        }
        catch (JsonException)
        {
            return new FilledAnswer(answer, 0, null, EdgeSource.Superset);
        }
    }

    private CachedAnswer? Keep(JsonElement answer, int length, CacheFacts facts)
    {
        var now = time.GetUtcNow();
        if (ChartAnswer.Read(answer) is not { } said || (said.WasCached && time.GetElapsedTime(facts.ChangedAt) < Doubt))
        {
            return null;
        }

        var (fresh, usable) = settings.Ends(said.AskedAt, said.FreshUntil, now);
        if (fresh <= now)
        {
            return null;
        }

        var text = new ArrayBufferWriter<byte>(length + 256);
        using (var writer = new Utf8JsonWriter(text, Plain))
        {
            ChartAnswer.WriteAgain(writer, answer);
        }

        var packed = Brotli.Compress(text.WrittenSpan);
        return packed.Length > LargestKept ? null : new CachedAnswer(packed, text.WrittenCount, said.Rows, said.AskedAt, fresh, usable);
    }
}
