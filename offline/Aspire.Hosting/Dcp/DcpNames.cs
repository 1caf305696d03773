using System.Security.Cryptography;

namespace Aspire.Hosting.Dcp;

/// <summary>Names of objects in DCP.</summary>
internal sealed class DcpNames
{
    private const int SuffixLength = 8;
    private readonly HashSet<string> _services = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Gives the resource's processes or containers their names, once.</summary>
    internal static ImmutableArray<ResourceInstance> EnsureInstances(IResource resource)
    {
        if (!resource.TryGetLastAnnotation<ResourceInstancesAnnotation>(out var known))
        {
            var instances = Enumerable.Range(0, resource.GetReplicaCount()).Select(index =>
            {
                var suffix = RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz", SuffixLength);
                return new ResourceInstance($"{resource.Name}-{suffix}", suffix, index);
            });
            known = new ResourceInstancesAnnotation([.. instances]);
            resource.Annotations.Add(known);
        }

        return known.Instances;
    }

    internal static bool RunsInDcp(IResource resource) => resource is ProjectResource or ExecutableResource || resource.IsContainer();

    internal string Service(IResource resource, EndpointAnnotation endpoint)
    {
        var single = resource.Annotations.OfType<EndpointAnnotation>().Count() == 1;
        return Unique(single ? resource.Name : $"{resource.Name}-{endpoint.Name}");
    }

    internal string Unique(string wanted)
    {
        var name = wanted;
        for (var i = 1; !_services.Add(name); i++)
        {
            name = $"{wanted}-{i.ToString(CultureInfo.InvariantCulture)}";
        }

        return name;
    }
}
