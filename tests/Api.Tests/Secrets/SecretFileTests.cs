using EmbedStack.Api.Secrets;
using EmbedStack.Api.Tests.Stack;
using Microsoft.Extensions.Configuration;

namespace EmbedStack.Api.Tests.Secrets;

public sealed class SecretFileTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();
    private readonly TestClock _clock = new();

    [Fact]
    public void FormerValueCountsUntilItsTimeIsOver()
    {
        var secret = Read($"new\nold\nuntil {_clock.GetUtcNow().AddMinutes(16).ToUnixTimeSeconds()}\n");
        Assert.Equal(["new", "old"], secret.Value.All);
        _clock.Advance(TimeSpan.FromMinutes(17));
        Assert.Equal(["new"], secret.Value.All);
    }

    [Theory]
    [InlineData("new\nold\n", 2)]
    [InlineData("new\nold\nuntil\n", 1)]
    [InlineData("new\nold\nuntil tomorrow\n", 1)]
    [InlineData("new\nold\nuntil -1\n", 1)]
    [InlineData("new\nold\nuntil 99999999999999999999\n", 1)]
    [InlineData("new\nold\nthird\n", 1)]
    public void WhatIsNoTimeIsOver(string text, int values)
    {
        var secret = Read(text);
        _clock.Advance(TimeSpan.FromDays(1000));
        Assert.Equal(values, secret.Value.All.Count());
    }

    [Fact]
    public void ShorterValueTakesTheLongOnesPlaceNever()
    {
        var secret = Read("long enough\n", shortest: 8);
        File.WriteAllText(_path, "short\nlong enough\n");
        Assert.Equal(["long enough"], secret.Value.All);
        Assert.Throws<InvalidOperationException>(() => Read("short\n", shortest: 8));
    }

    public void Dispose() => File.Delete(_path);

    private SecretFile Read(string text, int shortest = 1)
    {
        File.WriteAllText(_path, text);
        return SecretFile.From(new ConfigurationBuilder().AddInMemoryCollection([new("FILE", _path)]).Build(), "FILE", shortest, _clock);
    }
}
