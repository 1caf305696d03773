using EmbedStack.Api.Http;
using EmbedStack.Api.Alarms;
using EmbedStack.Api.Alarms.Rules;
using EmbedStack.Api.Audit;
using System.Net;
using Microsoft.Extensions.Configuration;

namespace EmbedStack.Api.Tests.Alarms;

public sealed class RuleTests
{
    private static DateTimeOffset At(double minutes) => AlarmBench.Morning.AddMinutes(minutes);

    [Fact]
    public void FailuresOfOnePersonRing()
    {
        using var bench = new AlarmBench();
        for (var i = 0; i < 9; i++)
        {
            bench.Refused(At(i * 0.4), AuditKind.Mint, "unknown-dashboard", AlarmBench.Nora, $"203.0.{i}.7");
        }

        Assert.Empty(bench.Rung);
        bench.Refused(At(4), AuditKind.Mint, "unknown-dashboard", AlarmBench.Nora, "203.0.99.7");
        var alarm = Assert.Single(bench.Alarms);
        Assert.Equal((AlarmKind.RepeatedFailures, AlarmBench.Nora, "northside", 10), (alarm.Kind, alarm.Person, alarm.Tenant, alarm.Count));
    }

    [Fact]
    public void FailuresFromOneAddressRingAndTellItsNetworkAlone()
    {
        using var bench = new AlarmBench();
        for (var i = 0; i < 10; i++)
        {
            bench.Refused(At(i * 0.1), AuditKind.SignIn, "remote-failure", address: "2001:db8:1:2::3");
        }

        var alarm = Assert.Single(bench.Alarms);
        Assert.Equal((AlarmKind.RepeatedFailures, "2001:db8:1::/48", null), (alarm.Kind, alarm.Network, alarm.Person));
    }

    [Fact]
    public void FailuresFromOneHoldersAddressesOfVersionSixRing()
    {
        using var bench = new AlarmBench();
        for (var i = 0; i < 10; i++)
        {
            bench.Refused(At(i * 0.1), AuditKind.SignIn, "remote-failure", address: $"2001:db8:1:{i}::{i + 1}");
        }

        Assert.Equal("2001:db8:1::/48", Assert.Single(bench.Alarms).Network);
    }

    [Fact]
    public void NetworksAreComparedAsLongAsATokenLives()
    {
        var limits = AlarmLimits.From(new ConfigurationBuilder().AddInMemoryCollection([new("GuestTokens:Lifetime", "00:15:00")]).Build());
        Assert.Equal(TimeSpan.FromMinutes(15), limits.NetworksWithin);
        Assert.Equal(TimeSpan.FromMinutes(5), AlarmLimits.From(new ConfigurationBuilder().Build()).NetworksWithin);
    }

    [Theory]
    [InlineData("no-guest-token")]
    [InlineData("superset-unavailable")]
    [InlineData("database-unavailable")]
    [InlineData("caller-gone")]
    [InlineData("not-signed-in")]
    [InlineData("embedding-suspended")]
    [InlineData("superset-busy")]
    [InlineData("audit-unavailable")]
    [InlineData("token-too-large")]
    public void WhatIsAwayIsNobodysFailure(string reason)
    {
        using var bench = new AlarmBench();
        for (var i = 0; i < 100; i++)
        {
            bench.Refused(At(i * 0.01), AuditKind.Mint, reason, AlarmBench.Nora);
        }

        Assert.DoesNotContain(AlarmKind.RepeatedFailures, bench.Rung);
    }

    [Fact]
    public void AnotherTenantsNameRings()
    {
        using var bench = new AlarmBench();
        bench.Refused(At(0), AuditKind.Access, AuditReason.OtherTenant, AlarmBench.Nora);
        Assert.Equal([AlarmKind.CrossTenantAttempt], bench.Rung);
    }

    [Fact]
    public void UncoveredDatasetRings()
    {
        using var bench = new AlarmBench();
        bench.Happened(At(0), new AuditEvent(AuditKind.Mint, false) { Reason = "uncovered-dataset", Subject = "x", Tenant = "northside", Dashboards = ["clinic"] }, AlarmBench.Nora);
        Assert.Equal([AlarmKind.UncoveredDataset], bench.Rung);
        Assert.Equal(["clinic"], bench.Alarms[0].Dashboards!);
    }

    [Fact]
    public void MoreTokensThanPagesAskForRing()
    {
        using var bench = new AlarmBench();
        for (var i = 0; i < 60; i++)
        {
            bench.Minted(At(i / 61.0), AlarmBench.Nora);
        }

        Assert.Empty(bench.Rung);
        bench.Minted(At(0.99), AlarmBench.Nora);
        Assert.Equal([AlarmKind.TokenRate], bench.Rung);
    }

    [Theory]
    [InlineData("203.0.113.7", "198.51.100.7")]
    [InlineData("2001:db8:1::1", "2001:db8:2::1")]
    public void TwoNetworksAtOnceRing(string one, string other)
    {
        using var bench = new AlarmBench();
        bench.Minted(At(0), AlarmBench.Nora, one);
        Assert.Empty(bench.Rung);
        bench.Minted(At(1), AlarmBench.Nora, other);
        Assert.Equal([AlarmKind.TwoNetworks], bench.Rung);
    }

    [Fact]
    public void WhoMovesOnceTheTokensAreOverRingsNothing()
    {
        using var bench = new AlarmBench();
        bench.Minted(At(0), AlarmBench.Nora, "203.0.113.7");
        bench.Minted(At(5), AlarmBench.Nora, "198.51.100.7");
        bench.Minted(At(10), AlarmBench.Nora, "203.0.113.7");
        Assert.Empty(bench.Rung);
    }

    [Theory]
    [InlineData("203.0.113.7", "203.0.113.250")]
    [InlineData("2001:db8:1::1", "2001:db8:1:ffff::1")]
    [InlineData("203.0.113.7", "::ffff:203.0.113.9")]
    public void AddressesOfOneNetworkDoNot(string one, string other)
    {
        using var bench = new AlarmBench();
        for (var i = 0; i < 20; i++)
        {
            bench.Minted(At(i), AlarmBench.Nora, i % 2 == 0 ? one : other);
        }

        Assert.Empty(bench.Rung);
    }

    [Fact]
    public void TwoCountriesRing()
    {
        using var bench = new AlarmBench();
        bench.Minted(At(0), AlarmBench.Nora, country: "AU");
        bench.Minted(At(59), AlarmBench.Nora, "198.51.100.7", "SE");
        Assert.Equal([AlarmKind.TwoCountries], bench.Rung);
    }

    [Fact]
    public void TokenThatLivesTooLongRings()
    {
        using var bench = new AlarmBench();
        bench.Minted(At(0), AlarmBench.Nora, lifetime: TimeSpan.FromMinutes(5.4)); // five are configured, and clocks differ
        Assert.Empty(bench.Rung);
        bench.Minted(At(1), AlarmBench.Nora, lifetime: TimeSpan.FromMinutes(6));
        Assert.Equal([AlarmKind.TokenLifetime], bench.Rung);
    }

    // A working day: eight dashboards renewed every two and a half minutes, the office left for home and back next day,
    // a page that is not theirs tried now and then, Superset away for a while.
    [Fact]
    public void OrdinaryUseRingsNothing()
    {
        using var bench = new AlarmBench();
        for (var minute = 0.0; minute < 8 * 60; minute += 2.5)
        {
            if (minute is > 235 and < 245)
            {
                continue; // on the way
            }

            var (address, country) = minute < 4 * 60 ? ("203.0.113.7", "AU") : ("198.51.100.20", "AU");
            for (var dashboard = 0; dashboard < 8; dashboard++)
            {
                bench.Minted(At(minute), AlarmBench.Nora, address, country);
                bench.Minted(At(minute), Guid.Parse("5f0a4d6e-0000-4000-8000-000000000002"), address, country);
            }

            if (minute % 30 == 0)
            {
                bench.Refused(At(minute), AuditKind.Mint, "unknown-dashboard", AlarmBench.Nora, address);
                bench.Refused(At(minute), AuditKind.SignIn, "remote-failure", address: address);
                bench.Refused(At(minute), AuditKind.SessionEnded, "inactive", AlarmBench.Nora, address);
            }

            if (minute is > 100 and < 110)
            {
                bench.Refused(At(minute), AuditKind.Mint, "superset-unavailable", AlarmBench.Nora, address);
            }
        }

        bench.Minted(At(24 * 60), AlarmBench.Nora, "203.0.113.7", "AU");
        bench.Minted(At(36 * 60), AlarmBench.Nora, "192.0.2.1", "SE");
        Assert.Empty(bench.Rung);
    }

    [Fact]
    public void SameAlarmIsToldOnceInTenMinutesAndOthersAtOnce()
    {
        using var bench = new AlarmBench();
        foreach (var minute in new[] { 0, 1, 9, 11 })
        {
            bench.Refused(At(minute), AuditKind.Access, AuditReason.OtherTenant, AlarmBench.Nora);
        }

        bench.Refused(At(11), AuditKind.Access, AuditReason.OtherTenant, Guid.NewGuid());
        Assert.Equal(3, bench.Rung.Count);
    }

    [Fact]
    public void MemoryIsBoundedWhateverIsSent()
    {
        var recent = new RecentKeys<int>(TimeSpan.FromHours(1));
        for (var i = 0; i < 100_000; i++)
        {
            recent.Set($"{i}", i, At(0).AddMilliseconds(i));
        }

        Assert.Equal(99_999, recent.Find("99999", At(2)));
        Assert.Null(recent.Find("0", At(2)));
        Assert.Null(recent.Find("99999", At(120)));
    }

    [Theory]
    [InlineData("203.0.113.7", "203.0.113.0/24")]
    [InlineData("::ffff:203.0.113.7", "203.0.113.0/24")]
    [InlineData("2001:db8:1:2:3::4", "2001:db8:1::/48")]
    public void NetworkOfAnAddress(string address, string network) => Assert.Equal(network, Networks.Of(IPAddress.Parse(address)));
}
