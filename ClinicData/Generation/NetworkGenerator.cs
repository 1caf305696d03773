using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace EmbedStack.ClinicData.Generation;

/// <summary>The data of all clinics, made of a seed and a reporting day.</summary>
internal sealed class NetworkGenerator(
    IReadOnlyList<Tenant> tenants, Scale scale, ulong seed, DateOnly reportingDay, IReadOnlySet<string>? without = null)
{
    // To be raised when the rows made of the same seed change.
    private const int Version = 7;

    public ClinicCalendar Calendar { get; } = new(scale, reportingDay);

    /// <summary>
    /// What the rows depend on. Where the scale leaves the reporting day to the day of the load, it has no part in
    /// this: data are not loaded again because a day has passed.
    /// </summary>
    public string Fingerprint => string.Create(
        CultureInfo.InvariantCulture,
        $"{People}, tenants {TenantHash()}, reporting day {scale.ReportingDay?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "of the load"}, version {Version}");

    /// <summary>What a patient's number depends on: with another of these it names somebody else.</summary>
    public string People => string.Create(CultureInfo.InvariantCulture, $"{scale.Name}, seed {seed}");

    public IReadOnlyList<Tenant> Tenants { get; } =
        tenants.Where(tenant => tenant.Kind == "clinic" && without?.Contains(tenant.Key) != true).ToList();

    // The number is the place in the file: a tenant that is left out changes nobody else's ids.
    public GeneratedClinic Generate(Tenant tenant)
    {
        var number = tenants.Where(other => other.Kind == "clinic").ToList().IndexOf(tenant) + 1;
        return new GeneratedClinic(tenant, number, scale, Calendar, seed);
    }

    private string TenantHash()
    {
        var text = string.Concat(Tenants.Select(tenant => $"{tenant.Key}\t{tenant.Name}\t{tenant.Isolation}\t{tenant.Staff}\n"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..8];
    }
}
