using EmbedStack.ServiceDefaults.Jobs;

namespace EmbedStack.Authoring;

/// <summary>What the status file of the stack that runs says of authors.</summary>
/// <param name="Authors">Where authors reach Superset.</param>
/// <param name="UserName">The demo's author.</param>
/// <param name="Password">That person's generated password.</param>
/// <param name="KeyPin">The key of this machine's own certificate, where that address is https.</param>
internal sealed record RunningStack(Uri Authors, string UserName, string Password, string? KeyPin = null)
{
    /// <exception cref="JobException">No stack runs, or not that far.</exception>
    public static RunningStack Find(string? statusFile)
    {
        var status = StatusFile.Read(statusFile);
        var address = status.Find("url", "Authors (Superset)");
        var author = status.Lines("user").FirstOrDefault(fields => fields is [_, _, _, _, "author"]);
        return status.Find("state") == "running" && address is not null && author is not null
            ? new RunningStack(new Uri(address), author[2], author[3], status.Lines("https").FirstOrDefault()?[^1])
            : throw new JobException("dashboards are drawn in a stack that runs, and none does. Next: ./embedstack up");
    }
}
