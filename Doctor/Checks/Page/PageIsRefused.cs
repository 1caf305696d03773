using EmbedStack.Doctor.Patients;

namespace EmbedStack.Doctor.Checks.Page;

internal sealed class PageIsRefused() : Check(
    "page-refused",
    "The frame shows 403, or anybody's page may frame the dashboard.",
    "Superset compares the Referer with the embedding's allowed domains: it is missing (no-referrer, same-origin), is another origin, or the list is empty, which is everybody.",
    "Allow exactly the host's origins, and send strict-origin-when-cross-origin from the host's page and frame. Here: re-run bootstrap.")
{
    private const string Stranger = "https://stranger.example/";

    public override async Task<Verdict> ExamineAsync(Patient patient)
    {
        List<string> seen = [];
        var examined = 0;
        foreach (var dashboard in (await patient.Dashboards).Where(dashboard => dashboard.EmbeddedId is not null))
        {
            var own = await patient.OpenAsync(dashboard, patient.RefererOf(dashboard));
            if (own.Status == 404)
            {
                continue;
            }

            examined++;
            var strangers = dashboard.AllowedDomains.Count == 0 ? "any site" : "a strange site";
            seen.AddRange((own.Expect(200, 403).Status, (await patient.OpenAsync(dashboard, Stranger)).Status, (await patient.OpenAsync(dashboard, null)).Status) switch
            {
                (403, _, _) => [$"'{dashboard.Key}' is refused to the host's own page ({patient.RefererOf(dashboard)})"],
                (_, 200, _) => [$"'{dashboard.Key}' may be framed by {strangers}"],
                (_, _, 200) => [$"'{dashboard.Key}' is shown without a Referer"],
                _ => [],
            });
        }

        return examined == 0 ? throw new NotExaminedException("no dashboard has a page") : Verdict.Of(seen);
    }
}
