using EmbedStack.Api.Identity;
using Microsoft.Extensions.Configuration;

namespace EmbedStack.Api.Tests.Identity;

public sealed class SessionLimitsTests
{
    [Theory]
    [InlineData("00:30:00", "365.00:00:00")]
    [InlineData("09:00:00", "08:00:00")]
    [InlineData("00:00:00", "08:00:00")]
    [InlineData("-00:30:00", "08:00:00")]
    public void LimitsThatAreNoneStopTheStart(string idle, string absolute) =>
        Assert.Throws<InvalidOperationException>(() => SessionLimits.From(Configuration(idle, absolute)));

    [Fact]
    public void LongestDayIsTwentyFourHours() =>
        Assert.Equal(TimeSpan.FromDays(1), SessionLimits.From(Configuration("01:00:00", "1.00:00:00")).Absolute);

    private static IConfiguration Configuration(string idle, string absolute) => new ConfigurationBuilder()
        .AddInMemoryCollection([new("Session:Idle", idle), new("Session:Absolute", absolute)]).Build();
}
