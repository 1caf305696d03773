using EmbedStack.Doctor.Patients;

namespace EmbedStack.Doctor.Checks.Page;

internal sealed class EmbeddedIdIsUnknown() : Check(
    "embedded-id",
    "The frame shows 404, or nothing.",
    "Dashboards are embedded by the UUID of their embedding, which is another one than the dashboard's; it is made anew where embedding is switched off and on.",
    "Re-run bootstrap from the Aspire dashboard: it makes the embeddings by the UUIDs of catalog.yaml. Elsewhere, read /api/v1/dashboard/ID/embedded.")
{
    public override async Task<Verdict> ExamineAsync(Patient patient)
    {
        List<string> seen = [];
        var dashboards = await patient.Dashboards;
        foreach (var dashboard in dashboards)
        {
            if (dashboard.EmbeddedId is null)
            {
                seen.Add($"'{dashboard.Key}' is not embedded by its UUID");
            }
            else if ((await patient.OpenAsync(dashboard, patient.RefererOf(dashboard))).Status == 404)
            {
                seen.Add($"Superset has no page for '{dashboard.Key}': EMBEDDED_SUPERSET may be off");
            }
        }

        return dashboards.Count == 0 ? Verdict.NotApplicable("no dashboard is embedded") : Verdict.Of(seen);
    }
}
