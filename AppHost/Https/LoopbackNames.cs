using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;

namespace EmbedStack.AppHost.Https;

/// <summary>
/// What an authority of a developer's machine may vouch for: <c>localhost</c> with the names under it, and loopback addresses. A
/// browser that trusts it trusts it for nothing else (RFC 5280, 4.2.1.10).
/// </summary>
internal static class LoopbackNames
{
    private const string NameConstraints = "2.5.29.30";
    private const int DnsName = 2;
    private const int Address = 7;

    // An address and its mask.
    private static readonly byte[] Version4 = [127, 0, 0, 0, 255, 0, 0, 0];
    private static readonly byte[] Version6 = [.. new byte[15], 1, .. Enumerable.Repeat((byte)255, 16)];

    public static X509Extension Constraint => new(NameConstraints, Encode(), critical: true);

    private static byte[] Encode()
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSequence(Tag(0)))
        {
            using (writer.PushSequence())
            {
                writer.WriteCharacterString(UniversalTagNumber.IA5String, "localhost", Tag(DnsName));
            }

            foreach (var network in (byte[][])[Version4, Version6])
            {
                using (writer.PushSequence())
                {
                    writer.WriteOctetString(network, Tag(Address));
                }
            }
        }

        return writer.Encode();
    }

    private static Asn1Tag Tag(int number) => new(TagClass.ContextSpecific, number);
}
