using EmbedStack.Doctor.Patients;

namespace EmbedStack.Doctor.Checks.Contents;

internal sealed class DashboardHasTooManyCharts() : Check(
    "too-many-charts",
    "The page is slow: it stands still for seconds, charts come one after another.",
    "Each chart is a request of its own, and a browser draws them all.",
    "Spread the charts over tabs or dashboards, 25 a tab at most; serve by HTTP/2.")
{
    private const int Most = 25;

    public override async Task<Verdict> ExamineAsync(Patient patient) => Verdict.Of(
        (await patient.Dashboards).Where(dashboard => dashboard.Charts.Count > Most).Select(dashboard => $"'{dashboard.Key}' has {dashboard.Charts.Count} charts"));
}
