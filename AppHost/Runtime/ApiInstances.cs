namespace EmbedStack.AppHost.Runtime;

/// <summary>
/// The processes of the Api. The first of each kind is the origin that browsers know; the others stand beside it on ports of
/// their own, for whoever has a load balancer in front. All share what they know by Postgres.
/// </summary>
/// <param name="Apps">Those of the app and the authors, and of the embed origin where it has none of its own.</param>
/// <param name="Edges">Those of the embed origin alone.</param>
internal sealed record ApiInstances(IReadOnlyList<IResourceBuilder<ProjectResource>> Apps, IReadOnlyList<IResourceBuilder<ProjectResource>> Edges)
{
    public IResourceBuilder<ProjectResource> First => Apps[0];

    /// <summary>The one whose endpoint <c>embed</c> is the embed origin.</summary>
    public IResourceBuilder<ProjectResource> Embed => Edges.Count > 0 ? Edges[0] : First;

    public IEnumerable<IResourceBuilder<ProjectResource>> All => Apps.Concat(Edges);

    /// <summary>Adds as many as the settings say: <c>api</c>, <c>api-2</c> and so on, <c>edge</c>, <c>edge-2</c>.</summary>
    public static ApiInstances Add(IDistributedApplicationBuilder builder, StackSettings settings)
    {
        var apps = Add(builder, "api", settings.Apis, (api, isOrigin) =>
        {
            api.WithAppEndpoints(settings, isOrigin);
            if (settings.Edges == 0)
            {
                api.WithEmbedEndpoint(settings, isOrigin);
            }
            else
            {
                api.WithEnvironment("Role", "app");
            }
        });
        var edges = Add(builder, "edge", settings.Edges, (edge, isOrigin) => edge
            .WithHttpEndpoint(name: "http").WithInternalUrl("http").WithEmbedEndpoint(settings, isOrigin).WithEnvironment("Role", "edge"));
        var all = new ApiInstances(apps, edges);
        foreach (var other in all.All.Skip(1))
        {
            other.WaitFor(all.First);
        }

        return all;
    }

    private static List<IResourceBuilder<ProjectResource>> Add(
        IDistributedApplicationBuilder builder, string name, int instances, Action<IResourceBuilder<ProjectResource>, bool> configure)
    {
        var added = new List<IResourceBuilder<ProjectResource>>();
        for (var number = 1; number <= instances; number++)
        {
            // Else glibc keeps what threads have freed for each of them, most of it the JIT's, which is soon done.
            var api = builder.AddProject<Projects.Api>(number == 1 ? name : $"{name}-{number}").WithEnvironment("MALLOC_ARENA_MAX", "2");
            configure(api, number == 1);
            added.Add(api);
        }

        return added;
    }
}
