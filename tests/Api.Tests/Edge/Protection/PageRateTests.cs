using System.Net;
using EmbedStack.Api.Edge.Protection;
using Microsoft.AspNetCore.Http;

namespace EmbedStack.Api.Tests.Edge.Protection;

/// <summary>Pages that one network opens.</summary>
public sealed class PageRateTests
{
    [Fact]
    public void LoopHasALineOfItsOwnAndOtherNetworksOpenTheirPages()
    {
        using var rate = new PageRate(SupersetQueueTests.Limits(("NetworkPages", 3), ("NetworkPagesPerMinute", 1)));
        for (var page = 0; page < 3; page++)
        {
            Assert.Equal(SupersetQueue.Pages, rate.LineOf(From($"203.0.113.{page}")));
        }

        Assert.Equal(SupersetQueue.PagesBeyondRate, rate.LineOf(From("203.0.113.9")));
        Assert.Equal(SupersetQueue.Pages, rate.LineOf(From("198.51.100.7")));
    }

    [Fact]
    public void OfficeOpensItsPagesAtOnce()
    {
        using var rate = new PageRate(SupersetQueueTests.Limits());
        for (var page = 0; page < 500; page++)
        {
            Assert.Equal(SupersetQueue.Pages, rate.LineOf(From("203.0.113.5")));
        }
    }

    private static DefaultHttpContext From(string address) => new() { Connection = { RemoteIpAddress = IPAddress.Parse(address) } };
}
