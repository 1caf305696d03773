using EmbedStack.Doctor.Patients;

namespace EmbedStack.Doctor.Checks.Contents;

internal sealed class NumbersAreStale() : StackCheck(
    "stale-import",
    "After an import dashboards are missing, show old charts, or open for nobody.",
    "The Api knows dashboards and datasets by numbers that an import has changed; an export holds no embedding.",
    "Re-run bootstrap from the Aspire dashboard: it imports, embeds and publishes in one go.")
{
    protected override async Task<Verdict> ExamineAsync(StackPatient stack)
    {
        var contents = await stack.Contents;
        var dashboards = contents.Dashboards.Select(dashboard => (dashboard.Uuid, dashboard.Id)).ToHashSet();
        var datasets = contents.Datasets.Select(dataset => (dataset.Uuid, dataset.Id)).ToHashSet();
        var published = contents.Published.Where(id => id.Kind == "dashboard").Select(id => id.Key).ToHashSet();
        return Verdict.Of([
            .. stack.Facts.Catalogue.Where(entry => !published.Contains(entry.Key)).Select(entry => $"'{entry.Key}' is not published to the Api"),
            .. contents.Published
                .Where(id => id.Kind switch { "dashboard" => !dashboards.Contains((id.Uuid, id.Id)), "dataset" => !datasets.Contains((id.Uuid, id.Id)), _ => false })
                .Select(id => $"{id.Kind} '{id.Key}' is known by a number that Superset has for something else or nothing"),
        ]);
    }
}
