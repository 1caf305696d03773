using EmbedStack.Authoring.Assets;
using EmbedStack.ServiceDefaults.Jobs;

namespace EmbedStack.Authoring.Loop;

/// <summary>Takes what authors drew in Superset into the files, and back.</summary>
internal sealed class AuthoringLoop(IRunningAssets superset, AssetFolder folder, Catalogue catalogue, IAssetsLint lint, TextWriter output, TextWriter errors)
{
    /// <summary>Has the files say what Superset has of these dashboards.</summary>
    /// <exception cref="JobException">Something of it must not be embedded; each finding is told in a line, and nothing is written.</exception>
    public async Task PullAsync(IReadOnlyList<string> keys)
    {
        await RequireKnownAsync(keys);
        var changes = await ChangesAsync(keys);
        var findings = changes.Where(change => change.IsKnownDataset).Select(Foreign).ToList();
        if (changes.Count > 0 && findings.Count == 0)
        {
            var draft = Directory.CreateTempSubdirectory("embedstack-pull-");
            try
            {
                folder.CopyTo(draft.FullName, changes);
                findings.AddRange(await lint.RefusalsAsync(draft.FullName, keys));
            }
            finally
            {
                draft.Delete(recursive: true);
            }
        }

        Refuse(findings, "nothing was written");
        folder.Apply(changes);
        foreach (var change in changes)
        {
            output.WriteLine($"  {change}");
        }

        output.WriteLine(changes.Count == 0 ? $"  {Named(keys)}: the files say what Superset has" : $"  {Named(keys)}: {Counted(changes.Count, "file")} written");
    }

    /// <summary>Shows what a pull would change, as a unified diff.</summary>
    /// <exception cref="JobException">Something would change.</exception>
    public async Task DiffAsync(IReadOnlyList<string> keys)
    {
        var changes = await ChangesAsync(keys);
        foreach (var change in changes)
        {
            output.Write(await UnifiedDiff.OfAsync(change));
        }

        if (changes.Count > 0)
        {
            throw new JobException(
                $"Superset has {Counted(changes.Count, "file")} otherwise. Next: ./embedstack dashboard pull {string.Join(' ', keys)}, or push to have the files stand there");
        }

        output.WriteLine($"  {Named(keys)}: the files say what Superset has");
    }

    /// <summary>Puts the files of these dashboards into Superset, over what stands there.</summary>
    /// <exception cref="JobException">They must not be embedded, or Superset did not take them.</exception>
    public async Task PushAsync(IReadOnlyList<string> keys)
    {
        var texts = new AssetTexts(folder.Read());
        var files = keys.SelectMany(key => texts.Of(key, catalogue[key])).DistinctBy(file => file.Key).ToDictionary();
        Refuse(await lint.RefusalsAsync(folder.Root, keys), "nothing was pushed");
        var said = await superset.ImportAsync(files);
        output.WriteLine($"  {Named(keys)}: {said} stand in Superset; answers stored before count no more");
    }

    private static string Named(IReadOnlyList<string> keys) => string.Join(", ", keys);

    private static string Counted(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";

    private static string Foreign(AssetChange change) =>
        $"{change.Name}: [dataset-file] Superset has it otherwise; datasets change in their files and come with ./embedstack up, see ./embedstack dashboard diff";

    private async Task<IReadOnlyList<AssetChange>> ChangesAsync(IReadOnlyList<string> keys)
    {
        var before = new AssetTexts(folder.Read());
        var after = before;
        foreach (var (key, uuid) in keys.Select(key => (key, catalogue[key])).ToArray())
        {
            after = after.With(key, await superset.ExportAsync(uuid, before.ChartsOf(uuid)));
        }

        return after.ChangesSince(before);
    }

    private void Refuse(IReadOnlyCollection<string> findings, string consequence)
    {
        foreach (var finding in findings)
        {
            errors.WriteLine(finding);
        }

        if (findings.Count > 0)
        {
            throw new JobException($"{Counted(findings.Count, "finding")}, {consequence}. Next: correct it in Superset, or in the file that is named");
        }
    }

    // Who drew a dashboard gets the entry to write, since Superset's pages tell no UUID.
    private async Task RequireKnownAsync(IReadOnlyList<string> keys)
    {
        foreach (var key in keys.Where(key => catalogue.Find(key) is null && CatalogueEntry.IsKey(key)))
        {
            if (await superset.FindAsync(key) is { } drawn)
            {
                var datasets = (await superset.ExportAsync(drawn.Uuid, [])).Texts.Keys.Where(catalogue.Datasets.ContainsKey).Select(dataset => catalogue.Datasets[dataset]);
                output.Write(CatalogueEntry.Of(key, drawn.Title, drawn.Uuid, datasets));
                throw new JobException($"the catalogue has no dashboard '{key}' yet, Superset has. Next: add the entry above to catalog.yaml, with the roles that may open it, and pull again");
            }
        }
    }
}
