using EmbedStack.Authoring.Assets;
using EmbedStack.Authoring.Browser;

namespace EmbedStack.Authoring;

/// <summary>The assets of the Superset that runs, as an author reads and replaces them.</summary>
internal interface IRunningAssets
{
    /// <summary>A dashboard with all it shows, in the form of the files.</summary>
    /// <param name="dashboard">Its UUID.</param>
    /// <param name="before">Files of its charts: what Explore's page hides and does not save stays as it is there.</param>
    Task<Export> ExportAsync(Guid dashboard, IEnumerable<string> before);

    /// <summary>Charts and dashboards over what stands there; datasets must be the same already. Answers what it came to.</summary>
    Task<string> ImportAsync(IReadOnlyDictionary<string, string> files);

    /// <summary>The UUID of a dashboard by the name in its address, where the author may see one.</summary>
    Task<(Guid Uuid, string Title)?> FindAsync(string slug);
}

/// <inheritdoc/>
internal sealed class RunningAssets(AuthorSession session) : IRunningAssets
{
    public async Task<Export> ExportAsync(Guid dashboard, IEnumerable<string> before) =>
        Export.Read(dashboard, await session.PostAsync($"/api/v1/authoring/dashboards/{dashboard}/assets", new { before }));

    public async Task<string> ImportAsync(IReadOnlyDictionary<string, string> files) =>
        (await session.PostAsync("/api/v1/authoring/assets", new { files })).GetString()!;

    public async Task<(Guid Uuid, string Title)?> FindAsync(string slug)
    {
        var listed = (await session.GetAsync($"/api/v1/dashboard/?q=(filters:!((col:slug,opr:eq,value:'{slug}')))")).EnumerateArray().ToArray();
        if (listed.Length == 0)
        {
            return null;
        }

        var found = await session.GetAsync($"/api/v1/dashboard/{listed[0].GetProperty("id").GetInt32()}");
        return (found.GetProperty("uuid").GetGuid(), found.GetProperty("dashboard_title").GetString()!);
    }
}
