using System.Text.Json;
using Microsoft.Playwright;

namespace EmbedStack.AppHost.Tests.App;

/// <summary>Every frame that the browser paints of a page, and how bright it is in the mean.</summary>
internal sealed class Film : IAsyncDisposable
{
    private readonly IPage page;
    private readonly ICDPSession session;
    private readonly List<string> frames = [];

    private Film(IPage page, ICDPSession session) => (this.page, this.session) = (page, session);

    public static async Task<Film> BeginAsync(IPage page)
    {
        var film = new Film(page, await page.Context.NewCDPSessionAsync(page));
        film.session.Event("Page.screencastFrame").OnEvent += (_, frame) => film.Keep(frame!.Value);
        await film.session.SendAsync("Page.startScreencast", new() { ["format"] = "jpeg", ["quality"] = 40, ["maxWidth"] = 320, ["maxHeight"] = 240 });
        return film;
    }

    /// <summary>The mean of red, green and blue of each frame, in order.</summary>
    public async Task<IReadOnlyList<double>> EndAsync()
    {
        await session.SendAsync("Page.stopScreencast");
        string[] kept;
        lock (frames)
        {
            kept = [.. frames];
        }

        // The browser that painted them reads them: on a page of its own, which no policy keeps from it.
        var reader = await page.Context.NewPageAsync();
        return await reader.EvaluateAsync<double[]>(
            """
            async (frames) => {
              const means = [];
              for (const frame of frames) {
                const image = await createImageBitmap(await (await fetch(`data:image/jpeg;base64,${frame}`)).blob());
                const context = new OffscreenCanvas(image.width, image.height).getContext('2d');
                context.drawImage(image, 0, 0);
                const { data } = context.getImageData(0, 0, image.width, image.height);
                let sum = 0;
                for (let at = 0; at < data.length; at += 4) sum += data[at] + data[at + 1] + data[at + 2];
                means.push(sum / (data.length / 4) / 3);
              }
              return means;
            }
            """,
            kept);
    }

    public async ValueTask DisposeAsync() => await session.DetachAsync();

    private void Keep(JsonElement frame)
    {
        lock (frames)
        {
            frames.Add(frame.GetProperty("data").GetString()!);
        }

        _ = session.SendAsync("Page.screencastFrameAck", new() { ["sessionId"] = frame.GetProperty("sessionId").GetInt32() });
    }
}
