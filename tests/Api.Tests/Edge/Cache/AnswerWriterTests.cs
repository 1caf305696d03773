using System.Text;
using EmbedStack.Api.Edge;
using EmbedStack.Api.Edge.Cache;
using EmbedStack.Api.Edge.Exchange;
using EmbedStack.Api.Edge.Protection;
using EmbedStack.Api.GuestTokens;
using EmbedStack.Api.Http;
using EmbedStack.Api.Tenancy;
using Microsoft.AspNetCore.Http;

namespace EmbedStack.Api.Tests.Edge.Cache;

/// <summary>Answers on their way to a browser.</summary>
public sealed class AnswerWriterTests : IDisposable
{
    private const int Length = 4 * 1024 * 1024;
    private static readonly string Text = string.Concat(Enumerable.Repeat("0123456789abcdef", Length / 16));
    private readonly EdgeMemory _memory = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task LargeAnswerGoesOutUnpackedPieceByPiece(bool isKept)
    {
        var (body, context) = NewContext();
        using (var answer = Prepare(context, isKept ? FilledAnswer.Found(Kept(), EdgeSource.Memory) : new FilledAnswer(Encoding.UTF8.GetBytes(Text), 1, null, EdgeSource.Superset)))
        {
            await answer.SendAsync();
        }

        Assert.Equal(Text, Encoding.UTF8.GetString(body.ToArray()));
        Assert.Equal(Length, context.Response.ContentLength);
        Assert.InRange(body.Largest, 1, 64 * 1024);
    }

    [Fact]
    public async Task LargeAnswerThatIsKeptTakesNoRoomOfTheFirstToAsk()
    {
        var asked = new FilledAnswer(Encoding.UTF8.GetBytes(Text), 1, Kept(), EdgeSource.Superset);
        for (var reader = 0; reader < 20; reader++)
        {
            var (body, context) = NewContext();
            var answer = Prepare(context, asked); // and not disposed of, as while it is fetched
            await answer.SendAsync();
            Assert.Equal(Length, body.Length);
        }
    }

    [Fact]
    public void PersonWhoFetchesTooMuchAtOnceIsRefusedUntilItIsFetched()
    {
        var rows = new FilledAnswer(Encoding.UTF8.GetBytes(Text), 1, null, EdgeSource.Superset);
        var fetched = Enumerable.Range(0, 4).Select(_ => Prepare(NewContext().Context, rows)).ToArray();
        Assert.Throws<ProblemException>(() => Prepare(NewContext().Context, rows));

        fetched[0].Dispose();

        Prepare(NewContext().Context, rows).Dispose();
    }

    public void Dispose() => _memory.Dispose();

    private static CachedAnswer Kept()
    {
        var now = DateTimeOffset.UtcNow;
        return new CachedAnswer(Brotli.Compress(Encoding.UTF8.GetBytes(Text)), Length, 1, now, now, now);
    }

    private static (Pieces Body, DefaultHttpContext Context) NewContext()
    {
        var body = new Pieces();
        return (body, new DefaultHttpContext { Response = { Body = body } });
    }

    private OutgoingAnswer Prepare(HttpContext context, FilledAnswer filled)
    {
        var tenant = new Tenant("northside", "northside", TenantKind.Clinic, TenantIsolation.Shared, "clinic", "clinic");
        var guest = new EdgeGuest(new GuestTokenGrant(new Person("one", Guid.NewGuid(), "", tenant, Roles.Admin, null), [], []));
        return new AnswerWriter(_memory).Prepare(context, guest, filled);
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
