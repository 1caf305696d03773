using System.Globalization;
using EmbedStack.ClinicData;
using EmbedStack.ClinicData.Generation;

namespace EmbedStack.Databases.Tests.Loading;

/// <summary>As "today" moves on, what has happened stays: days are added, and none that had passed is another one.</summary>
public class RollForwardTests
{
    private static readonly IReadOnlyList<Tenant> Tenants = TenantFile.Read(Path.Combine(AppContext.BaseDirectory, "tenants.yaml"));

    // As the demo's history, of fewer people.
    private static readonly Scale Demo = Scale.Demo with { Clinicians = 0.1, DaysAWeek = 2, ShiftMinutes = 120, PatientsBefore = 5 };

    [Theory]
    [InlineData("small", "2026-11-02", "2026-11-03")]
    [InlineData("small", "2026-11-02", "2026-12-15")]
    [InlineData("demo", "2026-11-23", "2026-11-24")]
    [InlineData("demo", "2026-11-30", "2026-12-01")]
    [InlineData("demo", "2026-07-01", "2026-12-31")]
    public void WhatHasHappenedStays(string scale, string today, string later)
    {
        foreach (var tenant in Tenants.Where(tenant => tenant.Key is "northside" or "blacktown" or "wollongong"))
        {
            var (before, after) = (Make(scale, today, tenant), Make(scale, later, tenant));
            var (from, until) = (after.First, Day(today));

            Assert.NotEmpty(before.Appointments(from, until));
            Assert.Equal(before.Appointments(from, until), after.Appointments(from, until));
            Assert.Equal(before.Shifts(from, until), after.Shifts(from, until));
            Assert.Equal(before.Outcomes(from, until), after.Outcomes(from, until));
            Assert.Equal(before.Invoices(from, until, paidBefore: until), after.Invoices(from, until, paidBefore: until));
            Assert.Empty(before.Notes(from, until.AddDays(-2)).Except(after.Notes(from, until)));
            Assert.Equal(before.Clinic.Staff, after.Clinic.Staff);
            Assert.Equal(before.Patients.Where(patient => before.Met(until).Contains(patient.Id)), after.Patients.Where(patient => before.Met(until).Contains(patient.Id)), SamePatient);
        }
    }

    // Erasures go by number: one that a later story gave to somebody else would bring back whom it names.
    [Fact]
    public void ANumberNamesTheSamePersonInTheNextStory()
    {
        var (before, after) = (Make("demo", "2026-12-31", Tenants[0]), Make("demo", "2027-01-01", Tenants[0]));
        var later = after.Patients.ToDictionary(patient => patient.Id);
        var known = before.Patients.Where(patient => later.ContainsKey(patient.Id)).ToList();

        Assert.NotEqual(before.Appointments(after.First, Day("2026-12-31")), after.Appointments(after.First, Day("2026-12-31")));
        Assert.True(known.Count > before.Clinic.FirstPatients.Count);
        Assert.All(known, patient => Assert.True(SamePatient(patient, later[patient.Id])));
    }

    [Theory]
    [InlineData("2026-01-01")]
    [InlineData("2026-06-30")]
    [InlineData("2026-07-01")]
    [InlineData("2026-11-21")]
    [InlineData("2028-02-29")]
    public void TheHistoryIsWholeMonthsAndLongEnough(string today)
    {
        var calendar = new ClinicCalendar(Scale.Demo, Day(today));

        Assert.Equal(1, calendar.First.Day);
        Assert.InRange(calendar.First.AddMonths(36), Day(today).AddMonths(-1), Day(today));
        Assert.InRange(calendar.Start, calendar.First.AddMonths(-6), calendar.First);
        Assert.InRange(calendar.Progress(Day(today)), 0.9, 1.1);
        Assert.All(Make("demo", today, Tenants[0]).All, row => Assert.True(row.Day >= calendar.First));
    }

    [Theory]
    [InlineData("2026-11-20T20:00:00Z", "2026-11-21")]
    [InlineData("2026-11-21T20:00:00Z", "2026-11-23")]
    [InlineData("2026-11-22T20:00:00Z", "2026-11-23")]
    [InlineData("2026-11-23T12:00:00Z", "2026-11-23")]
    public void TodayIsTodayButOnSundays(string now, string day) =>
        Assert.Equal(Day(day), ClinicDataSettings.DayAt(
            DateTimeOffset.Parse(now, CultureInfo.InvariantCulture), TimeZoneInfo.FindSystemTimeZoneById("Australia/Sydney")));

    private static bool SamePatient(Patient one, Patient other) =>
        (one.Id, one.Name, one.BirthYear, one.Suburb, one.Payer.Id) == (other.Id, other.Name, other.BirthYear, other.Suburb, other.Payer.Id);

    private static DateOnly Day(string day) => DateOnly.Parse(day, CultureInfo.InvariantCulture);

    private static Made Make(string scale, string today, Tenant tenant)
    {
        var generator = new NetworkGenerator(Tenants, scale == "small" ? Scale.Small : Demo, 1, Day(today));
        return new Made(generator.Generate(tenant), generator.Calendar.First);
    }

    private sealed class Made
    {
        private readonly List<Month> months;

        public Made(GeneratedClinic clinic, DateOnly first)
        {
            (Clinic, First) = (clinic, first);
            months = [.. clinic.Months()];
        }

        public GeneratedClinic Clinic { get; }

        public DateOnly First { get; }

        public List<Appointment> All => [.. months.SelectMany(month => month.Appointments)];

        public List<Patient> Patients => [.. Clinic.FirstPatients, .. months.SelectMany(month => month.NewPatients)];

        public HashSet<long> Met(DateOnly until) => [.. All.Where(row => row.Day < until).Select(row => row.Patient.Id)];

        public List<string> Appointments(DateOnly from, DateOnly until) =>
        [
            .. All.Where(row => row.Day >= from && row.Day < until).Select(row => string.Create(
                CultureInfo.InvariantCulture,
                $"{row.Id} {row.StartsAt:s} {row.Staff.Id} {row.Patient.Id} {row.Service.Id} {row.Status} {row.Fee} {row.IsNewPatient} {row.Channel} {row.BookedDaysAhead} {row.Room}")),
        ];

        public List<string> Notes(DateOnly from, DateOnly until) =>
            [.. All.Where(row => row.Day >= from && row.Day < until).Select(row => $"{row.Id} {row.NoteOnTime}")];

        public List<Shift> Shifts(DateOnly from, DateOnly until) =>
            [.. months.SelectMany(month => month.Shifts).Where(row => row.Day >= from && row.Day < until)];

        public List<string> Outcomes(DateOnly from, DateOnly until) =>
        [
            .. months.SelectMany(month => month.Outcomes).Where(row => row.Appointment.Day >= from && row.Appointment.Day < until).Select(row => string.Create(
                CultureInfo.InvariantCulture,
                $"{row.Appointment.Id} {row.Result} {row.ScoreBefore} {row.ScoreAfter} {row.Satisfaction} {row.Returned} {row.FollowUpDue} {row.FollowUpOnTime}")),
        ];

        // What was not paid yet may be paid since.
        public List<string> Invoices(DateOnly from, DateOnly until, DateOnly paidBefore) =>
        [
            .. months.SelectMany(month => month.Invoices).Where(row => row.InvoicedOn >= from && row.InvoicedOn < until).Select(row => string.Create(
                CultureInfo.InvariantCulture, $"{row.Appointment.Id} {row.Amount} {string.Join(' ', row.Payments.Where(paid => paid.PaidOn < paidBefore))}")),
        ];
    }
}
