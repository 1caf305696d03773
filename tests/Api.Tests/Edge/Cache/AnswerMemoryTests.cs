using EmbedStack.Api.Edge.Cache;

namespace EmbedStack.Api.Tests.Edge.Cache;

/// <summary>Whose answers stay while somebody asks for more than there is room for.</summary>
public sealed class AnswerMemoryTests : IDisposable
{
    private const int Room = 1 << 20;
    private readonly AnswerMemory _memory = new(CacheDatabase.Settings with { MemoryBytes = Room });

    [Fact]
    public void TenantThatAsksForEverythingTakesOnlyItsOwnAnswersAway()
    {
        var calm = Enumerable.Range(0, 5).Select(number => new CacheKey($"edge:calm:{number}", "calm")).ToArray();
        foreach (var key in calm)
        {
            _memory.Keep(key, Answer(10_000));
        }

        for (var number = 0; number < 1000; number++)
        {
            _memory.Keep(new CacheKey($"edge:storm:{number}", "storm"), Answer(10_000));
        }

        Assert.All(calm, key => Assert.NotNull(_memory.Find(key)));
        Assert.InRange(_memory.Bytes, Room / 2, Room);
    }

    [Fact]
    public void TogetherTenantsStayWithinTheBound()
    {
        for (var number = 0; number < 1000; number++)
        {
            _memory.Keep(new CacheKey($"edge:{number % 7}:{number}", $"{number % 7}"), Answer(10_000));
        }

        Assert.InRange(_memory.Bytes, Room / 2, Room);
    }

    public void Dispose() => _memory.Dispose();

    private static CachedAnswer Answer(int bytes) => new(new byte[bytes], bytes, 1, DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddHours(1), DateTimeOffset.UtcNow.AddHours(1));
}
