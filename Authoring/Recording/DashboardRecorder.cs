using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using EmbedStack.Authoring.Assets;
using EmbedStack.Authoring.Browser;

namespace EmbedStack.Authoring.Recording;

/// <summary>Records all charts of a dashboard and writes its assets.</summary>
internal sealed class DashboardRecorder(AuthorSession session, IRunningAssets superset, AssetFolder folder, string pictures)
{
    // Two charts load while two processors are there to load them.
    private const int Pages = 2;

    public async Task RecordAsync(string key, Guid dashboard, CancellationToken cancellationToken)
    {
        var charts = (await session.GetAsync($"/api/v1/authoring/dashboards/{dashboard}")).Deserialize<Chart[]>(JsonSerializerOptions.Web)!;
        var waiting = new ConcurrentQueue<Chart>(charts);
        await Task.WhenAll(Enumerable.Range(0, Math.Min(Pages, charts.Length)).Select(_ => RecordAsync(key, waiting, cancellationToken)));

        var before = new AssetTexts(folder.Read());
        var changed = before.With(key, await superset.ExportAsync(dashboard, [])).ChangesSince(before);
        folder.Apply(changed);
        Console.WriteLine($"  {key}: {charts.Length} charts, {changed.Count} files changed");
    }

    private async Task RecordAsync(string key, ConcurrentQueue<Chart> waiting, CancellationToken cancellationToken)
    {
        var page = await session.NewPageAsync();
        var recorder = new ChartRecorder(page, pictures);
        while (waiting.TryDequeue(out var chart))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var watch = Stopwatch.StartNew();
            try
            {
                await recorder.RecordAsync(chart);
            }
            catch
            {
                // The other page ends after its chart.
                waiting.Clear();
                throw;
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {key,-18} {chart.Title,-44} {watch.Elapsed.TotalSeconds:0.0} s"));
        }

        await page.CloseAsync();
    }
}
