using EmbedStack.Api.GuestTokens;
using Microsoft.Extensions.Configuration;

namespace EmbedStack.Api.Tests.GuestTokens;

public sealed class GuestTokenSettingsTests
{
    [Theory]
    [InlineData("GuestTokens:Lifetime", "00:00:59")]
    [InlineData("GuestTokens:Lifetime", "00:15:01")]
    [InlineData("GuestTokens:Issuer", "anybody")]
    [InlineData("GUEST_TOKEN_JWT_AUDIENCE", "")]
    public void SettingOutOfBoundsStopsTheStart(string name, string value) =>
        Assert.Throws<InvalidOperationException>(() => GuestTokenSettings.From(Configuration((name, value))));

    [Fact]
    public void TokensHoldFiveMinutesUnlessConfiguredOtherwise()
    {
        Assert.Equal(TimeSpan.FromMinutes(5), GuestTokenSettings.From(Configuration()).Lifetime);
        Assert.Equal(TimeSpan.FromMinutes(15), GuestTokenSettings.From(Configuration(("GuestTokens:Lifetime", "00:15:00"))).Lifetime);
    }

    private static IConfigurationRoot Configuration(params (string Name, string Value)[] values) => new ConfigurationBuilder()
        .AddInMemoryCollection(new Dictionary<string, string?> { ["GUEST_TOKEN_JWT_AUDIENCE"] = "somebody" })
        .AddInMemoryCollection(values.ToDictionary(pair => pair.Name, pair => (string?)pair.Value))
        .Build();
}
