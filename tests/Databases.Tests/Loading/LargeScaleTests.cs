using EmbedStack.ClinicData;
using EmbedStack.ClinicData.Generation;

namespace EmbedStack.Databases.Tests.Loading;

/// <summary>The largest scale as far as a test can afford it: who works there, and the first month.</summary>
public class LargeScaleTests
{
    private const int Times = 10;

    private static readonly DateOnly ReportingDay = new(2026, 11, 20);
    private static readonly IReadOnlyList<Tenant> Tenants = TenantFile.Read(Path.Combine(AppContext.BaseDirectory, "tenants.yaml"));

    // The largest, one with a schema and one with a database of its own, and one of few clinicians.
    public static TheoryData<string> Clinics => ["northside", "manly", "hurstville", "newtown"];

    [Theory]
    [MemberData(nameof(Clinics))]
    public void FirstMonthIsTenTimesTheDemos(string key)
    {
        var ((demo, demosFirst), (large, first)) = (Begin(Scale.Demo, key), Begin(Scale.Large, key));
        var (clinicians, appointments) = (CliniciansOf(large), first.Appointments);

        Assert.Equal(Times * CliniciansOf(demo).Count, clinicians.Count);
        Assert.Equal(clinicians.Count, clinicians.Select(member => member.Name).Distinct().Count());
        Assert.Equal(clinicians.Count, clinicians.Select(member => member.Id).Distinct().Count());
        Assert.InRange(appointments.Count / (double)demosFirst.Appointments.Count, 0.7 * Times, 1.3 * Times);
        Assert.Equal(appointments.Count, appointments.Select(row => row.Id).Distinct().Count());
        Assert.All(appointments, row => Assert.Equal((large.Number, large.Number), ((int)(row.Id / 1_000_000_000), (int)(row.Patient.Id / 10_000_000))));
        Assert.Equal(
            appointments.Where(row => row.Status == "completed").Select(row => row.Id).Order(),
            first.Invoices.Select(invoice => invoice.Appointment.Id).Order());
    }

    private static (GeneratedClinic Clinic, Month First) Begin(Scale scale, string key)
    {
        var generator = new NetworkGenerator(Tenants, scale, 1, ReportingDay, new HashSet<string>());
        var clinic = generator.Generate(generator.Tenants.Single(tenant => tenant.Key == key));
        return (clinic, clinic.Months().First(month => month.Appointments.Count > 0));
    }

    private static List<StaffMember> CliniciansOf(GeneratedClinic clinic) => [.. clinic.Staff.Where(member => member.Kind == "clinician")];
}
