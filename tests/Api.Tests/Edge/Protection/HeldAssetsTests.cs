using EmbedStack.Api.Edge.Protection;

namespace EmbedStack.Api.Tests.Edge.Protection;

/// <summary>How much of assets is in memory for those who fetch them slowly.</summary>
public sealed class HeldAssetsTests
{
    [Fact]
    public void NetworkHasFewAndLeavesTheOthersTheirs()
    {
        using var held = new HeldAssets();
        var own = Enumerable.Range(0, 8).Select(_ => held.TryEnter("203.0.113.0/24")).ToArray();
        Assert.DoesNotContain(null, own);
        Assert.Null(held.TryEnter("203.0.113.0/24"));
        Assert.NotNull(held.TryEnter("198.51.100.0/24"));

        own[0]!.Dispose();
        Assert.NotNull(held.TryEnter("203.0.113.0/24"));
    }

    [Fact]
    public void AllNetworksTogetherAreBounded()
    {
        using var held = new HeldAssets();
        Assert.Equal(32, Enumerable.Range(0, 100).Count(number => held.TryEnter($"203.0.{number}.0/24") is not null));
    }
}
