namespace EmbedStack.ClinicData.Generation;

/// <summary>Who works at a clinic: its clinicians, <c>key-01</c> on, then the front desk.</summary>
internal sealed class Team
{
    private const int FrontDesk = 3;

    public Team(GeneratedClinic clinic, Scale scale, ClinicCalendar calendar, Randomness people, Randomness habits)
    {
        var specialities = clinic.Services.Select(service => service.Category).Distinct().ToList();
        var offered = clinic.Services.ToLookup(service => service.Category);
        var names = new HashSet<string>(clinic.Tenant.StaffNames);
        var count = Math.Max(clinic.Profile.FewestClinicians, (int)(clinic.Profile.Clinicians * scale.Clinicians));
        for (var index = 0; index < count; index++)
        {
            var speciality = specialities[index % specialities.Count];
            var member = new StaffMember(
                Id(clinic, index), clinic.Tenant.StaffNames.ElementAtOrDefault(index) ?? PersonNames.NextOf(people, names), speciality, "clinician",
                StartOf(clinic, calendar, index, count));

            // Everybody does more of one thing and less of another.
            var services = new Choice<Service>([.. offered[speciality]], service => service.Weight * (0.4 + (1.2 * habits.Unit())));
            Clinicians.Add(new Clinician(
                member, $"Room {index + 1}", index, services, Habits.Next(habits), LeftOn(clinic, calendar, index)));
        }

        Staff =
        [
            .. Clinicians.Select(clinician => clinician.Member),
            .. Enumerable.Range(count, FrontDesk).Select(index => new StaffMember(
                Id(clinic, index), PersonNames.NextOf(people, names), "Front desk", "front_desk", clinic.OpenedOn)),
        ];
    }

    public List<Clinician> Clinicians { get; } = [];

    public IReadOnlyList<StaffMember> Staff { get; }

    private static string Id(GeneratedClinic clinic, int index) => $"{clinic.Tenant.Key}-{index + 1:00}";

    // A new clinic begins with a few and hires over most of the time that is left.
    private static DateOnly StartOf(GeneratedClinic clinic, ClinicCalendar calendar, int index, int count)
    {
        if (clinic.OpenedOn < calendar.Start || index < 2)
        {
            return clinic.OpenedOn;
        }

        var days = calendar.At(1).DayNumber - clinic.OpenedOn.DayNumber;
        return clinic.OpenedOn.AddDays((int)(0.6 * days * (index - 1) / count));
    }

    // Of a clinic in decline some leave, and nobody follows.
    private static DateOnly? LeftOn(GeneratedClinic clinic, ClinicCalendar calendar, int index) =>
        clinic.Profile.Trend < -0.1 && index is 5 or 11
            ? calendar.At(0.4).AddDays(20 * index)
            : null;
}
