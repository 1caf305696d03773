using System.Text;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Says how a resource was when a wait for it ended without result.</summary>
internal static class WaitFailure
{
    internal static string Describe(ResourceNotificationService notifications, string failure, string resourceName)
    {
        var text = new StringBuilder(failure).AppendLine();
        if (!notifications.TryGetCurrentState(resourceName, out var state))
        {
            return text.Append(CultureInfo.InvariantCulture, $"Unable to retrieve current state for resource '{resourceName}'.").ToString();
        }

        var snapshot = state.Snapshot;
        text.AppendLine(CultureInfo.InvariantCulture, $"- Current State: {snapshot.State?.Text ?? "(null)"}");
        text.AppendLine(CultureInfo.InvariantCulture, $"- Current Health: {snapshot.HealthStatus?.ToString() ?? "(null)"}");
        if (snapshot.ExitCode is { } exitCode)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"- Exit Code: {exitCode}");
        }

        foreach (var report in snapshot.HealthReports)
        {
            var why = string.Join(' ', new[] { report.Description, report.ExceptionText?.Split('\n')[0] }.Where(t => !string.IsNullOrEmpty(t)));
            text.AppendLine(CultureInfo.InvariantCulture, $"- Health Report {report.Name}: {report.Status?.ToString() ?? "Unknown"} {why}");
        }

        foreach (var name in snapshot.Properties.Get(PropertyNames.WaitingFor) as IEnumerable<string> ?? [])
        {
            var other = notifications.TryGetCurrentState(name, out var dependency) ? dependency.Snapshot : null;
            text.AppendLine(CultureInfo.InvariantCulture, $"- Waiting For {name}: State = {other?.State?.Text ?? "(null)"}, Health = {other?.HealthStatus?.ToString() ?? "(null)"}");
        }

        return text.ToString().TrimEnd();
    }
}
