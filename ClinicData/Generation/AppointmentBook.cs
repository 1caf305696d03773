namespace EmbedStack.ClinicData.Generation;

/// <summary>Fills a clinic's days with appointments, so many a year and nobody double-booked.</summary>
internal sealed class AppointmentBook(
    string tenant,
    ulong seed,
    int number,
    ClinicProfile profile,
    Scale scale,
    IReadOnlyList<Service> services,
    IReadOnlyList<StaffMember> staff,
    IReadOnlyList<Patient> patients)
{
    private const int OpensAt = 8 * 60;
    private const int OpenMinutes = 570;

    // Now and then a colleague stands in for the clinician to whom the patient is assigned.
    private const double StandIns = 0.06;

    private readonly ILookup<string, Service> bySpeciality = services.ToLookup(service => service.Category);

    /// <summary>Each enumeration starts from the seed again.</summary>
    public IEnumerable<Appointment> Entries()
    {
        var random = Randomness.For(seed, tenant, "appointments");
        var volume = profile.AppointmentsAYear * scale.Factor * scale.Months / 12.0;
        var weights = ClinicCalendar.Days(scale).Select(day => (Day: day, Weight: ClinicCalendar.Weight(day, scale, profile))).ToList();
        var unit = volume / weights.Where(entry => entry.Day < ClinicCalendar.Anchor).Sum(entry => entry.Weight);

        var id = number * 100_000_000L;
        foreach (var (day, weight) in weights)
        {
            var count = weight == 0 ? 0 : (int)((unit * weight * (0.85 + (0.3 * random.Unit()))) + random.Unit());
            foreach (var visit in PlaceDay(Visits(count, random), random))
            {
                yield return Finish(++id, day, visit, random);
            }
        }
    }

    private List<Visit> Visits(int count, Randomness random)
    {
        var visits = new List<Visit>(count);
        for (var index = 0; index < count; index++)
        {
            // Squared: some patients come often, most rarely.
            var unit = random.Unit();
            var patient = patients[(int)(unit * unit * patients.Count)];
            var clinician = random.Chance(StandIns) ? random.Pick(staff) : random.Pick(patient.Clinicians);
            var service = random.Pick(bySpeciality[clinician.Speciality].ToList());
            visits.Add(new Visit(patient, clinician, service, 0));
        }

        return visits;
    }

    /// <summary>Spreads each clinician's visits over the opening hours; what does not fit is not booked.</summary>
    private static IEnumerable<Visit> PlaceDay(List<Visit> visits, Randomness random)
    {
        foreach (var own in visits.GroupBy(visit => visit.Clinician))
        {
            var fitting = new List<Visit>();
            var slack = OpenMinutes;
            foreach (var visit in own.Where(visit => visit.Service.DurationMinutes <= slack))
            {
                fitting.Add(visit);
                slack -= visit.Service.DurationMinutes;
            }

            var gaps = fitting.Select(_ => random.Below((slack / 5) + 1) * 5).Order().ToList();
            var busy = OpensAt;
            for (var index = 0; index < fitting.Count; index++)
            {
                yield return fitting[index] with { Minute = busy + gaps[index] };
                busy += fitting[index].Service.DurationMinutes;
            }
        }
    }

    private Appointment Finish(long id, DateOnly day, Visit visit, Randomness random)
    {
        var status = Status(day, visit.Minute, random.Unit());
        var fee = status == "completed" ? visit.Service.Fee * (95 + random.Below(11)) / 100 : 0m;
        return new Appointment(
            id,
            visit.Clinician.Id,
            visit.Patient.Id,
            visit.Service.Id,
            day.ToDateTime(TimeOnly.MinValue).AddMinutes(visit.Minute),
            visit.Service.DurationMinutes,
            status,
            decimal.Round(fee, 2));
    }

    private string Status(DateOnly day, int minute, double chance)
    {
        if (day >= ClinicCalendar.Anchor)
        {
            return chance < profile.Cancellations / 2 ? "cancelled" : "booked";
        }

        var noShows = profile.NoShows
            * (day.DayOfWeek is DayOfWeek.Monday or DayOfWeek.Saturday ? 1.2 : 1)
            * (minute < 9 * 60 ? 1.2 : 1);
        return chance < noShows ? "no_show" : chance < noShows + profile.Cancellations ? "cancelled" : "completed";
    }

    private sealed record Visit(Patient Patient, StaffMember Clinician, Service Service, int Minute);
}
