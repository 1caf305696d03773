using EmbedStack.Api.Tenancy;

namespace EmbedStack.Api.Tests.Tenancy;

public sealed class ColourTests
{
    private static readonly Colour White = new(255, 255, 255);

    [Theory]
    [InlineData("#ffffff")]
    [InlineData("#000000")]
    [InlineData("#ffe600")]
    [InlineData("#0b5d66")]
    [InlineData("#8A1538")]
    [InlineData("#00ff7f")]
    [InlineData("#7f7f7f")]
    public void TenantsColourCanBeReadAndWrittenUponInBothModes(string accent)
    {
        var brand = Brand.Of(Tenant(accent))!;
        Assert.InRange(Colour.Contrast(Read(brand.Light), Read("#f5f7f8")), 4.5, 21);
        Assert.InRange(Colour.Contrast(White, Read(brand.Light)), 4.5, 21);
        Assert.InRange(Colour.Contrast(Read(brand.Dark), Read("#181f21")), 4.5, 21);
        Assert.InRange(Colour.Contrast(Read("#0b1112"), Read(brand.Dark)), 4.5, 21);
    }

    [Fact]
    public void ColourThatIsReadableStays() => Assert.Equal("#8a1538", Brand.Of(Tenant("#8a1538"))!.Light);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("red")]
    [InlineData("#fff")]
    [InlineData("url(x)")]
    [InlineData("#12345g")]
    [InlineData("#123456;}")]
    public void WhatIsNoColourIsNoBrand(string? accent) => Assert.Null(Brand.Of(Tenant(accent)));

    private static Colour Read(string text) => Colour.Read(text)!.Value;

    private static Tenant Tenant(string? accent) =>
        new("northside", "Northside", TenantKind.Clinic, TenantIsolation.Shared, "clinic", "public") { Accent = accent };
}
