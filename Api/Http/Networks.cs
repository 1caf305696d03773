using System.Net;
using System.Net.Sockets;

namespace EmbedStack.Api.Http;

/// <summary>The network of an address: /24, and /48 in version 6.</summary>
internal static class Networks
{
    public static string? Of(IPAddress? address)
    {
        if (address is null)
        {
            return null;
        }

        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        var (size, bytes) = (plain.AddressFamily == AddressFamily.InterNetwork ? 24 : 48, plain.GetAddressBytes());
        Array.Clear(bytes, size / 8, bytes.Length - (size / 8));
        return $"{new IPAddress(bytes)}/{size}";
    }
}
