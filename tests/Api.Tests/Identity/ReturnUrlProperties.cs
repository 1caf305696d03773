using System.Text;
using EmbedStack.Api.Identity;
using FsCheck;
using FsCheck.Fluent;

namespace EmbedStack.Api.Tests.Identity;

/// <summary>Whatever is asked for, a sign-in leads to a page of the application or nowhere.</summary>
public sealed class ReturnUrlProperties
{
    private static readonly string[] Fragments =
    [
        "/", "//", "\\", "/\\", ".", "..", "/./", "/../", "%2f", "%2F", "%5c", "%5C", "%2e", "%252f", "%255c", "%00", "%09", "%0a", "%0d", "%", "%zz", "%u2215",
        "\t", "\n", "\r", "\0", " ", "\u00a0", "\u2028", "\u2215", "\uff0f", "\ufeff", "\ud800", "é", "evil.example", "@", ":", "http:", "https://evil.example",
        "javascript:", "data:", "?", "#", ";", "&", "=", "bff", "api", "BFF", "/bff/logout", "/api/dashboards", "dashboards", "clinic",
    ];

    private static readonly Uri App = new("https://app.example/");

    private static Arbitrary<string> Addresses =>
        (from parts in Gen.Elements(Fragments).ArrayOf() from slash in Gen.Elements("", "/") select slash + string.Concat(parts)).ToArbitrary();

    [Fact]
    public void AcceptedAddressesStayOnThePagesOfThisOrigin() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(5000), Prop.ForAll(Addresses, address => IsRefusedOrAPage(address)));

    [Theory]
    [InlineData("/")]
    [InlineData("/dashboards/clinic?date=2026-01-01%2F2026-02-01&x=a+b#chart-3")]
    [InlineData("/a.b/c..d")]
    public void PagesAreAccepted(string address) => Assert.Equal(address, ReturnUrl.Check(address));

    private static bool IsRefusedOrAPage(string address)
    {
        if (ReturnUrl.Check(address) is not { } path || path == "/")
        {
            return true;
        }

        Assert.Equal(address, path);
        Assert.True(Ascii.IsValid(path) && !path.Any(char.IsControl), path);
        foreach (var read in AsBrowsersRead(path))
        {
            Assert.True(read.StartsWith('/') && !read.StartsWith("//", StringComparison.Ordinal), $"{path} reads as {read}");
            var resolved = new Uri(App, read);
            Assert.Equal("https://app.example", resolved.GetLeftPart(UriPartial.Authority));
            Assert.DoesNotMatch("^/([bB][fF][fF]|[aA][pP][iI])(/|$)", resolved.AbsolutePath);
        }

        return true;
    }

    // WHATWG URL: tabs and line breaks fall out, a backslash is a slash; servers and proxies decode once, some twice.
    private static IEnumerable<string> AsBrowsersRead(string path)
    {
        var read = path.Split('?', '#')[0];
        for (var decoded = 0; decoded < 3; decoded++)
        {
            read = string.Concat(read.Where(character => character is not ('\t' or '\n' or '\r'))).Replace('\\', '/');
            yield return read;
            read = Uri.UnescapeDataString(read);
        }
    }
}
