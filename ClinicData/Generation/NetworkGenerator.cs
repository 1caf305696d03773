using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace EmbedStack.ClinicData.Generation;

/// <summary>The data of all clinics, made of a seed.</summary>
internal sealed class NetworkGenerator(IReadOnlyList<Tenant> clinics, Scale scale, ulong seed)
{
    // To be raised when the rows made of the same seed change.
    private const int Version = 1;

    /// <summary>What the rows depend on: equal fingerprints, equal rows.</summary>
    public string Fingerprint => string.Create(
        CultureInfo.InvariantCulture,
        $"{scale.Name}, seed {seed}, {clinics.Count} clinics ({TenantHash()}), anchor {ClinicCalendar.Anchor:yyyy-MM-dd}, version {Version}");

    public IEnumerable<GeneratedClinic> Clinics() =>
        clinics.Select((tenant, index) => GeneratedClinic.Create(tenant, index + 1, scale, seed));

    private string TenantHash()
    {
        var text = string.Concat(clinics.Select(tenant => $"{tenant.Key}\t{tenant.Name}\n"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..8];
    }
}
