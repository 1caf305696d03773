using System.Text;
using System.Xml.Linq;

namespace EmbedStack.Api.Persistence.KeyRing;

/// <summary>Brings one key, as the framework wrote it, under the current secret.</summary>
internal sealed class KeyWrapping(KeyRingSecret secret)
{
    // The framework's own names: https://learn.microsoft.com/aspnet/core/security/data-protection/implementation/key-storage-format
    private static readonly XNamespace Framework = "http://schemas.asp.net/2015/03/dataProtection";

    /// <returns>Whether the key was changed. What is readable stays so; a key that was never encrypted is from now on.</returns>
    public bool Renew(XElement key)
    {
        var plain = key.Descendants().Where(element => (bool?)element.Attribute(Framework + "requiresEncryption") == true).ToList();
        foreach (var element in plain)
        {
            element.ReplaceWith(Encrypted(element));
        }

        var stale = key.Descendants(KeyRingCipher.Element).Where(element => !secret.IsCurrent(element.Value)).ToList();
        foreach (var element in stale)
        {
            element.Value = secret.Protect(secret.Unprotect(element.Value));
        }

        return plain.Count + stale.Count > 0;
    }

    private XElement Encrypted(XElement plain) => new(
        Framework + "encryptedSecret",
        new XAttribute("decryptorType", typeof(KeyDecryptor).AssemblyQualifiedName!),
        new XElement(KeyRingCipher.Element, secret.Protect(Encoding.UTF8.GetBytes(plain.ToString(SaveOptions.DisableFormatting)))));
}
