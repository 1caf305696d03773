using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EmbedStack.AppHost.Https;

#pragma warning disable CA1416 // Models need Linux, and Windows' files have no such modes.

namespace EmbedStack.AppHost.ModelTests.Https;

/// <summary>The certificate of a developer's machine: whom it is for, who may read it, and when there is a new one.</summary>
public sealed class OriginCertificates : IDisposable
{
    private readonly string _directory = Path.Combine(Directory.CreateTempSubdirectory("embedstack-https-").FullName, "https");
    private readonly OriginCertificate _certificate;

    public OriginCertificates()
    {
        _certificate = new OriginCertificate(_directory, TimeProvider.System);
        Assert.True(_certificate.Renew());
    }

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_directory)!, recursive: true);

    [Theory]
    [InlineData("embedstack.localhost", true)]
    [InlineData("embedstack-authors.localhost", true)]
    [InlineData("127.0.0.1", true)]
    [InlineData("::1", true)]
    [InlineData("localhost", true)]
    [InlineData("other.localhost", false)]
    [InlineData("127.0.0.2", false)]
    [InlineData("embedstack.example", false)]
    public void ItIsForTheOriginsOfThisMachine(string host, bool isFor)
    {
        using var own = X509Certificate2.CreateFromPemFile(_certificate.File);

        Assert.Equal(isFor, own.MatchesHostname(host, allowCommonName: false));
    }

    [Fact]
    public void ItIsAServersAndVouchedForByTheAuthority()
    {
        using var own = X509Certificate2.CreateFromPemFile(_certificate.File);
        using var authority = X509CertificateLoader.LoadCertificateFromFile(_certificate.AuthorityFile);

        Assert.True(IsTrusted(own, authority));
        Assert.False(own.Extensions.OfType<X509BasicConstraintsExtension>().Single().CertificateAuthority);
        Assert.Equal("1.3.6.1.5.5.7.3.1", Assert.Single(own.Extensions.OfType<X509EnhancedKeyUsageExtension>().Single().EnhancedKeyUsages.Cast<Oid>()).Value);
        Assert.InRange(own.NotAfter, DateTime.Now.AddDays(364), DateTime.Now.AddDays(366));
        Assert.Equal(Convert.ToBase64String(SHA256.HashData(own.PublicKey.ExportSubjectPublicKeyInfo())), _certificate.KeyPin());
    }

    [Fact]
    public void TheAuthoritysKeyIsNowhere()
    {
        var texts = Directory.EnumerateFiles(_directory).Select(File.ReadAllText).ToArray();

        Assert.Equal(1, texts.Sum(text => text.Split("BEGIN PRIVATE KEY").Length - 1));
        using var own = X509Certificate2.CreateFromPemFile(_certificate.File);
        Assert.True(own.HasPrivateKey);
    }

    // Whoever trusts the authority trusts it for this machine's names alone, were its key not gone.
    [Theory]
    [InlineData("bank.example", false)]
    [InlineData("localhost.example", false)]
    [InlineData("192.0.2.7", false)]
    [InlineData("2001:db8::1", false)]
    [InlineData("anything.localhost", true)]
    [InlineData("127.1.2.3", true)]
    [InlineData("::1", true)]
    public void TheAuthorityVouchesForLoopbackAlone(string host, bool isTrusted)
    {
        var now = DateTimeOffset.UtcNow;
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var authority = OneTimeAuthority.Request("CN=test", authorityKey, LoopbackNames.Constraint).CreateSelfSigned(now.AddHours(-2), now.AddHours(2));
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = OneTimeAuthority.Sign(authority, key, [host], now);

        Assert.Equal(isTrusted, IsTrusted(certificate, authority));
    }

    [Fact]
    public void AnotherAuthorityOfTheSameMakingDoesNotCount()
    {
        using var own = X509Certificate2.CreateFromPemFile(_certificate.File);
        var (authority, other) = OneTimeAuthority.Issue(DateTimeOffset.UtcNow, TimeSpan.FromDays(1));
        using (authority)
        using (other)
        {
            Assert.False(authority.HasPrivateKey);
            Assert.False(IsTrusted(own, authority));
        }
    }

    [Fact]
    public void OnlyTheOwnerReadsIt()
    {
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_certificate.File));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_directory));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(334, false)]
    [InlineData(336, true)]
    [InlineData(1000, true)]
    public void AMonthBeforeItsEndThereIsANewOne(int daysLater, bool isNew)
    {
        var before = File.ReadAllText(_certificate.File);

        Assert.Equal(isNew, new OriginCertificate(_directory, new Later(daysLater)).Renew());

        Assert.Equal(isNew, before != File.ReadAllText(_certificate.File));
    }

    [Theory]
    [InlineData("cut")]
    [InlineData("without its key")]
    [InlineData("gone")]
    [InlineData("read by others")]
    [InlineData("the authority is gone")]
    [InlineData("the authority is another")]
    public void WhatDoesNotServeIsMadeAnew(string fault)
    {
        var text = File.ReadAllText(_certificate.File);
        switch (fault)
        {
            case "cut": File.WriteAllText(_certificate.File, text[..200]); break;
            case "without its key": File.WriteAllText(_certificate.File, text[..text.IndexOf("-----BEGIN PRIVATE", StringComparison.Ordinal)]); break;
            case "gone": File.Delete(_certificate.File); break;
            case "read by others":
                File.SetUnixFileMode(_certificate.File, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
                break;
            case "the authority is gone": File.Delete(_certificate.AuthorityFile); break;
            default:
                using (var other = OneTimeAuthority.Issue(DateTimeOffset.UtcNow, TimeSpan.FromDays(1)).Authority)
                {
                    File.WriteAllText(_certificate.AuthorityFile, other.ExportCertificatePem());
                }

                break;
        }

        Assert.True(_certificate.Renew());

        Assert.False(_certificate.Renew());
        OnlyTheOwnerReadsIt();
    }

    [Fact]
    public async Task StacksThatStartTogetherShareOne()
    {
        Directory.Delete(_directory, recursive: true);

        var made = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => new OriginCertificate(_directory, TimeProvider.System).Renew())));

        Assert.Single(made, isNew => isNew);
        using var own = X509Certificate2.CreateFromPemFile(_certificate.File);
        using var authority = X509CertificateLoader.LoadCertificateFromFile(_certificate.AuthorityFile);
        Assert.True(IsTrusted(own, authority));
    }

    private static bool IsTrusted(X509Certificate2 certificate, X509Certificate2 authority)
    {
        using var chain = new X509Chain { ChainPolicy = OriginCertificate.TrustOf(authority) };
        return chain.Build(certificate);
    }

    private sealed class Later(int days) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddDays(days);
    }
}
