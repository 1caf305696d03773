namespace Aspire.Hosting.Dcp.Model;

/// <summary>An object of DCP's API.</summary>
internal abstract class DcpObject
{
    internal const string Group = "usvc-dev.developer.microsoft.com";
    internal const string Version = "v1";

    public string ApiVersion { get; set; } = $"{Group}/{Version}";

    public string Kind { get; set; } = "";

    public DcpMetadata Metadata { get; set; } = new();
}

internal abstract class DcpObject<TSpec, TStatus> : DcpObject
    where TSpec : new()
    where TStatus : class
{
    public TSpec Spec { get; set; } = new();

    public TStatus? Status { get; set; }
}

internal sealed class DcpMetadata
{
    public string Name { get; set; } = "";

    public string? Uid { get; set; }

    public DateTimeOffset? CreationTimestamp { get; set; }

    public Dictionary<string, string>? Annotations { get; set; }

    public List<DcpOwner>? OwnerReferences { get; set; }

    internal string? this[string annotation]
    {
        get => Annotations?.GetValueOrDefault(annotation);
        set => (Annotations ??= [])[annotation] = value ?? "";
    }
}

internal sealed record DcpOwner(string Kind, string Name);

/// <summary>A kind of objects: its name and its place in the API.</summary>
internal interface IDcpKind
{
    static abstract string KindName { get; }

    static abstract string Plural { get; }
}

internal static class DcpAnnotations
{
    internal const string ResourceName = "resource-name";
    internal const string ServiceProducer = "service-producer";
    internal const string EndpointName = "endpoint-name";
    internal const string ResourceState = "resource-state";
    internal const string AppArgs = "resource-app-args";
    internal const string ReplicaCount = "resource-replica-count";
    internal const string ReplicaIndex = "resource-replica-index";
    internal const string ContainerNetwork = "container-network";
    internal const string TunnelInstance = "container-tunnel-instance-name";
}
