using System.Collections;
using System.Diagnostics;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>An endpoint's address on one network.</summary>
/// <param name="Snapshot">The address, once known.</param>
/// <param name="NetworkID">The network.</param>
[DebuggerDisplay("NetworkID = {NetworkID}")]
public record NetworkEndpointSnapshot(ValueSnapshot<AllocatedEndpoint> Snapshot, NetworkIdentifier NetworkID);

/// <summary>An endpoint's addresses on every network.</summary>
public class NetworkEndpointSnapshotList : IEnumerable<NetworkEndpointSnapshot>
{
    private readonly Lock _gate = new();
    private ImmutableArray<NetworkEndpointSnapshot> _snapshots = [];

    /// <summary>Sets the address on a network.</summary>
    /// <param name="networkId">The network.</param>
    /// <param name="endpoint">The address, of the same network.</param>
    /// <exception cref="ArgumentException">The address belongs to another network.</exception>
    public void AddOrUpdateAllocatedEndpoint(NetworkIdentifier networkId, AllocatedEndpoint endpoint)
    {
        if (endpoint.NetworkID != networkId)
        {
            throw new ArgumentException($"The endpoint belongs to network '{endpoint.NetworkID.Value}', not '{networkId.Value}'.", nameof(endpoint));
        }

        SnapshotFor(networkId).SetValue(endpoint);
    }

    /// <summary>The address on a network, waiting until it is known.</summary>
    /// <param name="networkId">The network.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The address.</returns>
    public Task<AllocatedEndpoint> GetAllocatedEndpointAsync(NetworkIdentifier networkId, CancellationToken cancellationToken = default)
        => SnapshotFor(networkId).GetValueAsync(cancellationToken);

    /// <inheritdoc />
    public IEnumerator<NetworkEndpointSnapshot> GetEnumerator() => _snapshots.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal AllocatedEndpoint? Find(NetworkIdentifier networkId)
    {
        var task = _snapshots.FirstOrDefault(s => s.NetworkID == networkId && s.Snapshot.IsValueSet)?.Snapshot.GetValueAsync();
        return task?.GetAwaiter().GetResult();
    }

    internal ValueSnapshot<AllocatedEndpoint> SnapshotFor(NetworkIdentifier networkId)
    {
        lock (_gate)
        {
            if (_snapshots.FirstOrDefault(s => s.NetworkID == networkId) is { } known)
            {
                return known.Snapshot;
            }

            var added = new NetworkEndpointSnapshot(new ValueSnapshot<AllocatedEndpoint>(), networkId);
            _snapshots = _snapshots.Add(added);
            return added.Snapshot;
        }
    }
}
