using System.Globalization;
using EmbedStack.ClinicData.Generation;
using Microsoft.Extensions.Configuration;
using Npgsql;

namespace EmbedStack.ClinicData;

/// <summary>What the run is told by its environment.</summary>
/// <param name="Owner">Connection of clinic_owner: schema and policies.</param>
/// <param name="Loader">Connection of clinic_loader: rows.</param>
/// <param name="Shared">Connection of clinic_loader: the tenants' records and the data version.</param>
/// <param name="Tenants">The clinics, and the network's own tenant.</param>
/// <param name="Scale">How much data.</param>
/// <param name="Seed">What the data are made of.</param>
/// <param name="ReportingDay">"Today" of the rows.</param>
/// <param name="Reseed">Whether to load again what is loaded already.</param>
/// <param name="RollForward">Whether to load again what is of another day.</param>
internal sealed record ClinicDataSettings(
    string Owner, string Loader, string Shared, IReadOnlyList<Tenant> Tenants, Scale Scale, ulong Seed,
    DateOnly ReportingDay, bool Reseed, bool RollForward)
{
    public static ClinicDataSettings Read(IConfiguration configuration, string[] args)
    {
        var scale = Scale.Parse(configuration["ClinicData:Scale"] ?? Scale.Small.Name);
        return new(
            Connection(configuration, "clinic-db"),
            Connection(configuration, "clinic-db-loader"),
            Connection(configuration, "embedstack-db"),
            TenantFile.Read(configuration["Tenants:File"] ?? throw new ClinicDataException("Tenants__File is missing")),
            scale,
            Value(configuration, "ClinicData:Seed", 1UL),
            Value(configuration, "ClinicData:ReportingDay", scale.ReportingDay ?? DayAt(DateTimeOffset.UtcNow, Zone(configuration))),
            args.Contains("--reseed") || Value(configuration, "ClinicData:Reseed", false),
            Value(configuration, "ClinicData:RollForward", false));
    }

    // On a Sunday every clinic is closed and the front desk's day would be empty: the Monday after stands for it.
    internal static DateOnly DayAt(DateTimeOffset now, TimeZoneInfo zone)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).Date);
        return today.DayOfWeek == DayOfWeek.Sunday ? today.AddDays(1) : today;
    }

    private static TimeZoneInfo Zone(IConfiguration configuration) =>
        configuration["ClinicData:TimeZone"] is not { Length: > 0 } name ? TimeZoneInfo.FindSystemTimeZoneById("Australia/Sydney")
        : TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone
        : throw new ClinicDataException($"ClinicData__TimeZone cannot be '{name}'");

    private static T Value<T>(IConfiguration configuration, string key, T otherwise)
        where T : IParsable<T> => configuration[key] switch
        {
            null or "" => otherwise,
            var text when T.TryParse(text, CultureInfo.InvariantCulture, out var value) => value,
            var text => throw new ClinicDataException($"{key.Replace(":", "__")} cannot be '{text}'"),
        };

    private static string Connection(IConfiguration configuration, string name)
    {
        var text = configuration.GetConnectionString(name);
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new ClinicDataException($"ConnectionStrings__{name} is missing");
        }

        try
        {
            return new NpgsqlConnectionStringBuilder(text)
            {
                Pooling = false,
                Timeout = 15,
                CommandTimeout = 300,
                ApplicationName = "clinic-data",
            }.ConnectionString;
        }
        catch (ArgumentException problem)
        {
            // The parser's message can quote the string, password included.
            throw new ClinicDataException($"ConnectionStrings__{name} is not a valid connection string", problem);
        }
    }
}
