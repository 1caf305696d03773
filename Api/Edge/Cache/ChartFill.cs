using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace EmbedStack.Api.Edge.Cache;

/// <summary>Makes what is kept of what Superset answered.</summary>
internal sealed class ChartFill(EdgeCacheSettings settings, TimeProvider time)
{
    /// <summary>As long as Superset itself may go by the version of before, and a little more.</summary>
    public static readonly TimeSpan Doubt = TimeSpan.FromSeconds(3);

    // By so much Superset's clock may be ahead of the database's.
    private static readonly TimeSpan Clocks = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(5);
    private const int LargestKept = 4 * 1024 * 1024;
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <param name="answer">Superset's answer, as it came.</param>
    /// <param name="facts">What held when it was asked for; null where it is not to be kept.</param>
    /// <param name="droppedAt">When answers to this question were last dropped on demand.</param>
    public FilledAnswer Make(ReadOnlyMemory<byte> answer, CacheFacts? facts, DateTimeOffset? droppedAt)
    {
        try
        {
            using var document = JsonDocument.Parse(answer);
            var said = facts is null ? null : ChartAnswer.Read(document.RootElement);
            var isDropped = said is { WasCached: true } && said.AskedAt < droppedAt + Clocks;
            var kept = said is null ? null : Keep(document.RootElement, said, isDropped, answer.Length, facts!);
            return new FilledAnswer(answer, ChartAnswer.CountRows(document.RootElement), kept, EdgeSource.Superset) { IsDropped = isDropped };
        }
        catch (JsonException)
        {
            return new FilledAnswer(answer, 0, null, EdgeSource.Superset);
        }
    }

    private CachedAnswer? Keep(JsonElement answer, ChartAnswer said, bool isDropped, int length, CacheFacts facts)
    {
        var now = time.GetUtcNow();
        if (said.WasCached && time.GetElapsedTime(facts.ChangedAt) < Doubt)
        {
            return null;
        }

        var (fresh, usable) = settings.Ends(said.AskedAt, said.FreshUntil, now);
        if (isDropped)
        {
            // Superset has just been asked afresh by somebody, and is not again for ten seconds: not by each viewer in vain.
            fresh = usable = fresh < now + Again ? fresh : now + Again;
        }

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
