namespace Aspire.Hosting.ApplicationModel;

/// <summary>Who asks for a value.</summary>
public class ValueProviderContext
{
    /// <summary>The operation under way.</summary>
    public DistributedApplicationExecutionContext? ExecutionContext { get; init; }

    /// <summary>The consumer.</summary>
    public IResource? Caller { get; init; }

    /// <summary>The network on which the consumer will use the value; by default the caller's.</summary>
    public NetworkIdentifier? Network { get; init; }

    internal NetworkIdentifier ResolveNetwork() => Network ?? Caller?.GetDefaultNetwork() ?? KnownNetworkIdentifiers.LocalhostNetwork;
}
