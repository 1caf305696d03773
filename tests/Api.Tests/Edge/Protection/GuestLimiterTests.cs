using EmbedStack.Api.Edge.Exchange;
using EmbedStack.Api.Edge.Protection;
using EmbedStack.Api.GuestTokens;
using EmbedStack.Api.Http;
using EmbedStack.Api.Tenancy;

namespace EmbedStack.Api.Tests.Edge.Protection;

/// <summary>What one person or tenant may ask of the edge.</summary>
public sealed class GuestLimiterTests
{
    [Fact]
    public void PersonWhoAsksTooOftenIsToldWhenToComeBackAndNobodyElse()
    {
        using var limiter = new GuestLimiter(SupersetQueueTests.Limits(("PersonBurst", 3), ("PersonPerSecond", 1)));
        for (var request = 0; request < 3; request++)
        {
            limiter.Enter(Guest("a", "northside")).Dispose();
        }

        var refused = Assert.Throws<ProblemException>(() => limiter.Enter(Guest("a", "northside")));

        Assert.Equal(429, refused.Problem.Status);
        Assert.True(refused.Problem.RetryAfter >= TimeSpan.FromSeconds(1), $"Retry after {refused.Problem.RetryAfter}");
        limiter.Enter(Guest("b", "northside")).Dispose();
    }

    [Fact]
    public void TenantIsBoundedHoweverManyPersonsAsk()
    {
        using var limiter = new GuestLimiter(SupersetQueueTests.Limits(("TenantBurst", 3), ("TenantPerSecond", 1)));
        for (var person = 0; person < 3; person++)
        {
            limiter.Enter(Guest($"{person}", "northside")).Dispose();
        }

        Assert.Throws<ProblemException>(() => limiter.Enter(Guest("another", "northside")));
        limiter.Enter(Guest("another", "harbour")).Dispose();
    }

    [Fact]
    public void PlacesComeBackOnceRequestsAreAnswered()
    {
        using var limiter = new GuestLimiter(SupersetQueueTests.Limits(("PersonConcurrent", 2)));
        var (first, second) = (limiter.Enter(Guest("a", "northside")), limiter.Enter(Guest("a", "northside")));
        Assert.Throws<ProblemException>(() => limiter.Enter(Guest("a", "northside")));

        first.Dispose();

        limiter.Enter(Guest("a", "northside")).Dispose();
        second.Dispose();
    }

    private static EdgeGuest Guest(string subject, string tenant)
    {
        var record = new Tenant(tenant, tenant, TenantKind.Clinic, TenantIsolation.Shared, "clinic", "clinic");
        var grant = new GuestTokenGrant(new Person(subject, Guid.NewGuid(), "", record, Roles.Admin, null), [], []);
        return new EdgeGuest(grant);
    }
}
