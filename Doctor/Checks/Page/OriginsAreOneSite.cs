using EmbedStack.Doctor.Patients;

namespace EmbedStack.Doctor.Checks.Page;

internal sealed class OriginsAreOneSite() : StackCheck(
    "author-cookie",
    "The dashboard breaks, or shows too much, in a browser that is signed in to Superset.",
    "A session's cookie reaches the frame's requests, and Superset prefers it to the guest token. Cookies ignore ports.",
    "Give app, dashboards and authors hosts of their own (Origins:App, Origins:Embed, Origins:Authors).")
{
    protected override Task<Verdict> ExamineAsync(StackPatient stack)
    {
        var hosts = new[] { (Name: "the app", stack.Facts.App.Host), (Name: "the dashboards", stack.Facts.Embed.Host), (Name: "authors", stack.Facts.Authors.Host) };
        return Task.FromResult(Verdict.Of(hosts.GroupBy(host => host.Host, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1)
            .Select(group => $"{string.Join(" and ", group.Select(host => host.Name))} share the host {group.Key}")));
    }
}
