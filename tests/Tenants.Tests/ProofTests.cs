using EmbedStack.ClinicData.Stores;
using EmbedStack.ServiceDefaults.Jobs;

namespace EmbedStack.Tenants.Tests;

public sealed class ProofTests
{
    private static readonly Remainder Searched = new("clinic.rows", 0);

    [Fact]
    public void WhatWasSearchedAndIsGoneIsGone() =>
        Assert.EndsWith("Nothing is left of tenant 'lakeside'.\n", Shown(Searched), StringComparison.Ordinal);

    [Fact]
    public void WhereNobodyLookedSomethingMayBe()
    {
        var said = Shown(Searched, new Remainder("shop.public", Left: null));

        Assert.DoesNotContain("Nothing is left", said, StringComparison.Ordinal);
        Assert.EndsWith("Erased here: what shop.public holds of tenant 'lakeside' is yours to delete.\n", said, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIsLeftOrWasNowhereSearchedIsNoProof()
    {
        Assert.Contains("left in clinic.rows", Assert.Throws<JobException>(() => Shown(Searched with { Left = 3 })).Message, StringComparison.Ordinal);
        Assert.Contains("nothing was searched", Assert.Throws<JobException>(() => Shown(new Remainder("shop.public", Left: null))).Message, StringComparison.Ordinal);
    }

    private static string Shown(params Remainder[] places)
    {
        using var output = new StringWriter { NewLine = "\n" };
        Proof.Show(new Terminal(TextReader.Null, output, unattended: true), "tenant 'lakeside'", new ErasureProof(places));
        return output.ToString();
    }
}
