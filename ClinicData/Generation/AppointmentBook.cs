namespace EmbedStack.ClinicData.Generation;

/// <summary>Fills a clinician's rostered day with appointments, one after the other.</summary>
internal sealed class AppointmentBook(GeneratedClinic clinic, ClinicCalendar calendar, PatientIntake intake, Randomness random)
{
    private const int Lunch = (12 * 60) + 30;
    private const int LunchMinutes = 30;

    // How often the time of a cancelled appointment is given to somebody else.
    private const double FilledAgain = 0.6;

    private readonly ClinicProfile profile = clinic.Profile;
    private readonly Punctuality punctuality = new(clinic.Profile, calendar);
    private long last = clinic.Number * 1_000_000_000L;

    public void Fill(Month month, Clinician clinician, DateOnly day, int shiftMinutes)
    {
        var opensAt = shiftMinutes < 240 && random.Chance(0.5) ? 13 * 60 : random.Chance(0.7) ? 8 * 60 : 9 * 60;
        var (at, free) = (opensAt, shiftMinutes);
        var first = month.Appointments.Count;
        var share = Math.Clamp(Share(day) * clinician.Habits.Popular, 0, 0.99);
        while (clinician.Services.Pick(random) is var service && service.DurationMinutes <= free)
        {
            if (at < Lunch && at + service.DurationMinutes > Lunch)
            {
                at = Lunch + LunchMinutes;
            }

            var minutes = random.Chance(share) ? Book(month, clinician, service, day, at) : Math.Min(service.DurationMinutes, 20);
            (at, free) = (at + minutes, free - minutes);
        }

        month.Shifts.Add(Sum(month, first, clinician, day, shiftMinutes));
    }

    /// <returns>The minutes that are taken: none where the time of a cancelled appointment is free again.</returns>
    private int Book(Month month, Clinician clinician, Service service, DateOnly day, int at)
    {
        var known = random.Chance(NewPatients(day)) ? null : intake.Known(clinician, random);
        var patient = known ?? intake.Admit(clinician);
        if (known is null)
        {
            month.NewPatients.Add(patient);
        }

        var channel = Channel(day);
        var ahead = channel == "Walk-in" ? 0 : BookedAhead(known is null);
        var status = Status(day, at, ahead, clinician.Habits.Missed * service.Missed);
        var fee = status is "completed" or "no_show" ? Fee(service, clinician, day) : 0;
        month.Appointments.Add(new Appointment(
            ++last, clinician.Member, patient, service, day.ToDateTime(TimeOnly.MinValue).AddMinutes(at), status, fee,
            known is null, channel, ahead, NoteOnTime(day, status), clinician.Room));
        return status == "cancelled" && random.Chance(FilledAgain) ? 0 : service.DurationMinutes;
    }

    private decimal Fee(Service service, Clinician clinician, DateOnly day)
    {
        var factor = clinician.Habits.Fees * Seasons.Rate(day) * (95 + random.Below(11)) / 100
            * (1 + (profile.FeesTrend * Math.Clamp(calendar.Progress(Seasons.IndexedOn(day)), 0, 1)));
        return decimal.Round(service.Fee * (decimal)factor, 2);
    }

    private double Share(DateOnly day) =>
        (profile.Booked + (profile.Trend * Math.Max(0, calendar.Progress(day)))) * calendar.DemandOn(day) * Opening(day)
        * (0.95 + (0.1 * random.Unit()));

    // Word gets round over nine months.
    private double Opening(DateOnly day) =>
        profile.OpensAt == 0 ? 1 : Math.Min(1, 0.60 + (0.40 * (day.DayNumber - clinic.OpenedOn.DayNumber) / 270));

    private double NewPatients(DateOnly day) => profile.NewPatients * (profile.Trend < -0.1 ? 1.2 - (0.6 * calendar.Progress(day)) : 1);

    // What was booked long ago is forgotten more easily.
    private string Status(DateOnly day, int at, int ahead, double habit)
    {
        var chance = random.Unit();
        if (day >= calendar.ReportingDay)
        {
            return chance < profile.Cancellations / 2 ? "cancelled" : "booked";
        }

        var noShows = (profile.NoShows + (profile.NoShowsTrend * calendar.Progress(day))) * habit * (0.7 + (0.02 * ahead))
            * (day.DayOfWeek is DayOfWeek.Monday or DayOfWeek.Saturday ? 1.2 : 1)
            * (at < 9 * 60 ? 1.2 : 1);
        return chance < noShows ? "no_show" : chance < noShows + profile.Cancellations ? "cancelled" : "completed";
    }

    // More and more people book for themselves.
    private string Channel(DateOnly day)
    {
        var online = 0.30 + (0.08 * calendar.YearsSinceStart(day));
        return random.Unit() switch
        {
            var unit when unit < online => "Online",
            var unit when unit < online + ((1 - online) * 0.60) => "Phone",
            var unit when unit < online + ((1 - online) * 0.92) => "Referral",
            _ => "Walk-in",
        };
    }

    private int BookedAhead(bool isNew)
    {
        var unit = random.Unit();
        return 1 + (int)(unit * unit * (isNew ? 45 : 60));
    }

    // Decided on the day, known two days later.
    private short? NoteOnTime(DateOnly day, string status)
    {
        if (status != "completed")
        {
            return null;
        }

        var isOnTime = random.Chance(punctuality.OfNotes(day));
        return day.AddDays(2) < calendar.ReportingDay ? (short)(isOnTime ? 1 : 0) : null;
    }

    private Shift Sum(Month month, int from, Clinician clinician, DateOnly day, int rostered)
    {
        var (booked, clinical, completed) = (0, 0, 0);
        for (var index = from; index < month.Appointments.Count; index++)
        {
            var appointment = month.Appointments[index];
            var minutes = appointment.Service.DurationMinutes;
            booked += appointment.Status == "cancelled" ? 0 : minutes;
            clinical += appointment.Status == "completed" ? minutes : 0;
            completed += appointment.Status == "completed" ? 1 : 0;
        }

        var isPast = day < calendar.ReportingDay;
        var overtime = isPast && clinical > rostered * 0.75 && random.Chance(0.15 + (0.55 * clinician.Habits.Stays))
            ? 5 * (int)Math.Round(rostered * (0.06 + (0.24 * random.Unit())) / 5)
            : 0;
        return new Shift(
            clinician.Member, day, rostered, isPast ? rostered + overtime : 0, booked, clinical, overtime,
            month.Appointments.Count - from, completed);
    }
}
