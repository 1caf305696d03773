namespace EmbedStack.ClinicData.Generation;

/// <summary>One clinic: its people and services, and its history month by month.</summary>
internal sealed class GeneratedClinic
{
    private readonly ulong seed;
    private readonly Scale scale;
    private readonly ClinicCalendar calendar;
    private readonly List<Clinician> clinicians;
    private readonly PatientIntake intake;

    // The number, from 1, opens a range of ids of the clinic's own.
    public GeneratedClinic(Tenant tenant, int number, Scale scale, ClinicCalendar calendar, ulong seed)
    {
        (this.seed, this.scale, this.calendar) = (seed, scale, calendar);
        (Tenant, Number) = (tenant, number);
        Profile = ClinicProfiles.For(tenant.Key);
        OpenedOn = Profile.OpensAt == 0 ? calendar.Start.AddYears(-6) : calendar.At(Profile.OpensAt);
        var habits = Randomness.For(seed, tenant.Key, "habits");
        Services = Profile.Services
            .Select((offer, index) => new Service(
                (number * 1000) + index + 1, offer.Name, offer.Category, offer.DurationMinutes, offer.Fee, offer.Weight,
                offer.Missed / Profile.Services.Average(other => other.Missed), 0.16 * (habits.Unit() - 0.5)))
            .ToList();
        Payers = Generation.Payers.For(Profile, number);

        var people = Randomness.For(seed, tenant.Key, "people");
        var team = new Team(this, scale, calendar, people, habits);
        (clinicians, Staff) = (team.Clinicians, team.Staff);
        intake = new PatientIntake(this, clinicians, people);
        FirstPatients = OpenedOn < calendar.Start
            ? clinicians.SelectMany(clinician => intake.Admit(clinician, scale.PatientsBefore)).ToList()
            : [];
    }

    public Tenant Tenant { get; }

    public int Number { get; }

    public ClinicProfile Profile { get; }

    public DateOnly OpenedOn { get; }

    public IReadOnlyList<Service> Services { get; }

    public IReadOnlyList<Payer> Payers { get; }

    public IReadOnlyList<StaffMember> Staff { get; }

    /// <summary>Who was there before the story begins; the others come with their month.</summary>
    public IReadOnlyList<Patient> FirstPatients { get; }

    /// <summary>
    /// The history, then the days that are booked. May be read once: patients grow older and more. Day by day, from streams
    /// that what is still to come has no part in: a later reporting day adds days and changes none that had passed.
    /// </summary>
    public IEnumerable<Month> Months()
    {
        var random = Randomness.For(seed, Tenant.Key, "appointments");
        var book = new AppointmentBook(this, calendar, intake, random);
        var consequences = new Consequences(
            Profile, clinicians.ToDictionary(clinician => clinician.Member.Id, clinician => clinician.Habits), calendar,
            Randomness.For(seed, Tenant.Key, "consequences"));
        foreach (var days in calendar.Days().Where(day => day >= OpenedOn).GroupBy(day => (day.Year, day.Month)))
        {
            var month = new Month();
            foreach (var day in days.Where(day => !ClinicCalendar.IsHoliday(day)))
            {
                foreach (var clinician in clinicians)
                {
                    if (clinician.WorksOn(day, scale.DaysAWeek, Profile.OpenOnSaturday) && !random.Chance(ClinicCalendar.LeaveIn(day)))
                    {
                        book.Fill(month, clinician, day, scale.ShiftMinutes);
                    }
                }
            }

            foreach (var appointment in month.Appointments.Where(appointment => appointment.Status == "completed"))
            {
                consequences.Add(month, appointment);
            }

            yield return days.Key.CompareTo((calendar.First.Year, calendar.First.Month)) < 0 ? month.WithoutRows() : month;
        }
    }
}
