using System.Net;
using EmbedStack.Tests.Pdf;

namespace EmbedStack.Renderer.Tests;

/// <summary>What becomes of a dashboard.</summary>
public sealed class RenderingTests(RendererFixture stack)
{
    private static readonly Dictionary<string, string> State = new()
    {
        ["native_filters"] = "(a:(b:'c d&e=f'))", ["permalink_key"] = "kkkkkkkkkkkkkkkkkkkkkk", ["_l_"] = "de", ["expand_filters"] = "true", ["uiConfig"] = "9",
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task PictureIsAsLargeAsTheDashboard()
    {
        using var answer = await stack.Renderer.RenderAsync(EmbedPeer.Dashboard);
        var picture = await PictureAsync(answer, "image/png");
        Assert.Equal("\u0089PNG\r\n\u001a\n", System.Text.Encoding.Latin1.GetString(picture.AsSpan(0, 8)));
        // Two pixels for one: the page is 1440 wide, the dashboard 1500 tall.
        var pixels = new PngPixels(picture);
        Assert.Equal((2880, 3000), (pixels.Width, pixels.Height));
        AssertWhole(pixels, 2);
    }

    [Fact]
    public async Task LongPictureShowsItsEnd()
    {
        using var answer = await stack.Renderer.RenderAsync(EmbedPeer.Lengthy);
        var pixels = new PngPixels(await PictureAsync(answer, "image/png"));
        Assert.Equal((1440, 11_000), (pixels.Width, pixels.Height));
        AssertWhole(pixels, 1);
    }

    [Fact]
    public async Task PictureThatWouldBeTooSharpIsLessSo()
    {
        await using var renderer = stack.Start(("Renderer:Limits:Megapixels", "4"));
        using var answer = await renderer.RenderAsync(EmbedPeer.Dashboard);
        var pixels = new PngPixels(await PictureAsync(answer, "image/png"));
        Assert.Equal((1440, 1500), (pixels.Width, pixels.Height));
        AssertWhole(pixels, 1);
    }

    [Fact]
    public async Task DocumentHasTheDashboardsTextOnOnePage()
    {
        using var answer = await stack.Renderer.RenderAsync(EmbedPeer.Dashboard, "pdf", new { title = "Clinic <b>overview</b>", subtitle = "Northside · today" });
        var document = await PictureAsync(answer, "application/pdf");
        Assert.Equal("%PDF-", System.Text.Encoding.Latin1.GetString(document.AsSpan(0, 5)));
        var (pages, width, height) = PdfText.Measure(document);
        Assert.Equal((1, 1080), (pages, width));
        Assert.InRange(height, 1125, 1400); // 1500 of 96 an inch, and the title
        var text = PdfText.Read(document);
        Assert.Contains("Clinic <b>overview</b>", text);
        Assert.Contains("Northside · today", text);
        Assert.Contains(EmbedPeer.Figure, text);
        Assert.Contains("1 0 0 rg", PdfText.Drawing(document), StringComparison.Ordinal); // what is behind the text as well
    }

    [Fact]
    public async Task ChartsThatFailAreShownAndCounted()
    {
        using var answer = await stack.Renderer.RenderAsync(EmbedPeer.HalfFailed, "pdf");
        var text = PdfText.Read(await PictureAsync(answer, "application/pdf"));
        Assert.Equal((1, 1), (text.Count(line => line == "Data error"), text.Count(line => line == EmbedPeer.Figure)));
        Assert.Equal("1", Assert.Single(answer.Headers.GetValues("X-Failed-Charts")));

        using var whole = await stack.Renderer.RenderAsync(EmbedPeer.Dashboard);
        Assert.Equal("0", Assert.Single(whole.Headers.GetValues("X-Failed-Charts")));
        using var nothing = await stack.Renderer.RenderAsync(EmbedPeer.Failed, "pdf");
        Assert.Equal(HttpStatusCode.BadGateway, nothing.StatusCode);
    }

    [Fact]
    public async Task ChartWhoseCodeComesLateIsWaitedFor()
    {
        using var answer = await stack.Renderer.RenderAsync(EmbedPeer.DrawnByLateCode, "pdf");
        Assert.Contains(EmbedPeer.Figure, PdfText.Read(await PictureAsync(answer, "application/pdf")));
    }

    [Fact]
    public async Task PageIsToldStateThemeAndLanguage()
    {
        stack.Embed.Told.Clear();
        using var answer = await stack.Renderer.RenderAsync(EmbedPeer.Dashboard, more: new
        {
            native_filters = "(a:(b:'c d&e=f'))", permalink = "kkkkkkkkkkkkkkkkkkkkkk", language = "de",
            theme = new { mode = "dark", tokens = new Dictionary<string, object> { ["colorPrimary"] = "#8a1538", ["borderRadius"] = 8 } },
        });
        await PictureAsync(answer, "image/png");

        var told = Assert.Single(stack.Embed.Told);
        var address = new Uri(told.GetProperty("address").GetString()!);
        var query = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(address.Query);
        Assert.Equal($"/embedded/{EmbedPeer.Dashboard}", address.AbsolutePath);
        Assert.Equal(State, State.Keys.ToDictionary(name => name, name => query[name].ToString()));
        Assert.Equal(stack.App.Address, told.GetProperty("origin").GetString());
        Assert.Equal($"{stack.App.Address}/", told.GetProperty("referrer").GetString());
        Assert.Equal(("de", true, true), (told.GetProperty("language").GetString(), told.GetProperty("dark").GetBoolean(), told.GetProperty("still").GetBoolean()));
        // Else Superset leaves out what is not in sight.
        Assert.True(told.GetProperty("automated").GetBoolean());
        Assert.Equal(
            """{"setThemeConfig":{"themeConfig":{"theme_default":{"token":{"colorPrimary":"#8a1538","borderRadius":8}},"theme_dark":{"algorithm":"dark","token":{"colorPrimary":"#8a1538","borderRadius":8}}}},"setThemeMode":{"mode":"dark"}}""",
            told.GetProperty("told").GetRawText());
    }

    [Fact]
    public async Task WithoutAStateTheDashboardIsAsItBegins()
    {
        stack.Embed.Told.Clear();
        using var answer = await stack.Renderer.RenderAsync(EmbedPeer.Dashboard);
        await PictureAsync(answer, "image/png");
        var told = Assert.Single(stack.Embed.Told);
        Assert.EndsWith("?uiConfig=9&show_filters=true&expand_filters=false", told.GetProperty("address").GetString(), StringComparison.Ordinal);
        Assert.Equal("{}", told.GetProperty("told").GetRawText());
    }

    [Fact]
    public async Task ReadsAreTracedAsPartOfTheRequest()
    {
        const string trace = "0af7651916cd43dd8448eb211c80319c";
        using var request = new HttpRequestMessage(HttpMethod.Post, "/renderings")
        {
            Content = System.Net.Http.Json.JsonContent.Create(new { tenant = "northside", embedded_id = EmbedPeer.Dashboard, token = RendererInstance.Token, format = "png" }),
        };
        request.Headers.Add("X-Renderer-Key", RendererInstance.Key);
        request.Headers.Add("traceparent", $"00-{trace}-b7ad6b7169203331-01");
        using var answer = await stack.Renderer.AskAsync(request);
        await PictureAsync(answer, "image/png");
        Assert.Contains(stack.Embed.Seen, seen => seen.StartsWith("POST /api/v1/chart/data", StringComparison.Ordinal) && seen.Contains(trace, StringComparison.Ordinal));
    }

    private static async Task<byte[]> PictureAsync(HttpResponseMessage answer, string type)
    {
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{answer.StatusCode}");
        Assert.Equal(type, answer.Content.Headers.ContentType?.MediaType);
        return await answer.Content.ReadAsByteArrayAsync(Cancellation);
    }

    // Green above, blue below, and neither in between.
    private static void AssertWhole(PngPixels pixels, int sharpness)
    {
        var (x, below) = (pixels.Width / 2, pixels.Height - (36 * sharpness));
        Assert.Equal(((byte)0, (byte)255, (byte)0), pixels[x, 20 * sharpness]);
        Assert.Equal(((byte)255, (byte)0, (byte)0), pixels[x, 50 * sharpness]);
        Assert.Equal(pixels[x, 100 * sharpness], pixels[x, pixels.Height / 2]);
        Assert.Equal(((byte)0, (byte)0, (byte)255), pixels[x, below]);
    }
}
