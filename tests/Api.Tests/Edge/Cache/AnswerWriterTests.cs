using System.Text;
using EmbedStack.Api.Edge;
using EmbedStack.Api.Edge.Cache;
using Microsoft.AspNetCore.Http;

namespace EmbedStack.Api.Tests.Edge.Cache;

/// <summary>Kept answers on their way to whoever does not take them packed.</summary>
public sealed class AnswerWriterTests
{
    private const int Length = 4 * 1024 * 1024;

    [Fact]
    public async Task LargeAnswerIsUnpackedPieceByPiece()
    {
        var now = DateTimeOffset.UtcNow;
        var text = string.Concat(Enumerable.Repeat("0123456789abcdef", Length / 16));
        var kept = new CachedAnswer(Brotli.Compress(Encoding.UTF8.GetBytes(text)), Length, 1, now, now, now);
        var body = new Pieces();
        var context = new DefaultHttpContext { Response = { Body = body } };

        await AnswerWriter.WriteAsync(context, FilledAnswer.Found(kept, EdgeSource.Memory));

        Assert.Equal(text, Encoding.UTF8.GetString(body.ToArray()));
        Assert.Equal(Length, context.Response.ContentLength);
        Assert.InRange(body.Largest, 1, 64 * 1024);
    }

    private sealed class Pieces : MemoryStream
    {
        public int Largest { get; private set; }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Largest = Math.Max(Largest, buffer.Length);
            return base.WriteAsync(buffer, cancellationToken);
        }
    }
}
