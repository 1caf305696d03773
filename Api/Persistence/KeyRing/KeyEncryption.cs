using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace EmbedStack.Api.Persistence.KeyRing;

/// <summary>Encrypts the key ring's secrets on their way to the database.</summary>
internal sealed class KeyEncryptor(KeyRingSecret secret) : IXmlEncryptor
{
    public EncryptedXmlInfo Encrypt(XElement plaintextElement) =>
        new(new XElement(KeyRingCipher.Element, secret.Protect(Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting)))), typeof(KeyDecryptor));
}

/// <summary>Decrypts them. The ring names this type beside each secret, and the framework makes it.</summary>
internal sealed class KeyDecryptor(IServiceProvider services) : IXmlDecryptor
{
    public XElement Decrypt(XElement encryptedElement) =>
        XElement.Parse(Encoding.UTF8.GetString(services.GetRequiredService<KeyRingSecret>().Unprotect(encryptedElement.Value)));
}
