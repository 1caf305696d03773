using System.Net;
using System.Net.Sockets;

namespace EmbedStack.Api.Http;

/// <summary>The network of an address: /24, and /48 in version 6.</summary>
internal static class Networks
{
    /// <summary>By what a request's network is counted.</summary>
    public static string Of(HttpContext context) => NameOf(context.Connection.RemoteIpAddress);

    /// <summary>By what an address's network is counted: those of no address are one.</summary>
    public static string NameOf(IPAddress? address) => Of(address) ?? "nowhere";

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
