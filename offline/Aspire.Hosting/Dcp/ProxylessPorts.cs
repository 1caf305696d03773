using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace Aspire.Hosting.Dcp;

/// <summary>Free ports for endpoints that have neither a proxy nor a port.</summary>
internal sealed class ProxylessPorts(IOptions<DcpOptions> options)
{
    private readonly HashSet<int> _taken = [];

    internal void Exclude(int port) => _taken.Add(port);

    internal int Allocate(EndpointAnnotation endpoint)
    {
        var (start, end) = (options.Value.ProxylessEndpointPortRangeStart, options.Value.ProxylessEndpointPortRangeEnd);
        var ports = Enumerable.Range(start, end - start + 1).ToArray();
        RandomNumberGenerator.Shuffle(ports.AsSpan());
        foreach (var port in ports)
        {
            if (!_taken.Contains(port) && IsFree(endpoint.Protocol, port))
            {
                _taken.Add(port);
                return port;
            }
        }

        throw new DistributedApplicationException($"There is no free port from {start} to {end} for the endpoint '{endpoint.Name}'.");
    }

    private static bool IsFree(ProtocolType protocol, int port)
        => CanBind(protocol, IPAddress.Any, port) && (!Socket.OSSupportsIPv6 || CanBind(protocol, IPAddress.IPv6Any, port));

    private static bool CanBind(ProtocolType protocol, IPAddress address, int port)
    {
        try
        {
            using var socket = new Socket(address.AddressFamily, protocol == ProtocolType.Udp ? SocketType.Dgram : SocketType.Stream, protocol);
            if (address.AddressFamily == AddressFamily.InterNetworkV6)
            {
                socket.DualMode = false;
            }

            socket.ExclusiveAddressUse = true;
            socket.Bind(new IPEndPoint(address, port));
            return true;
        }
        catch (SocketException ex) when (ex.SocketErrorCode is SocketError.AddressFamilyNotSupported or SocketError.AddressNotAvailable)
        {
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
