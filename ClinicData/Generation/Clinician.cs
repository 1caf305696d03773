namespace EmbedStack.ClinicData.Generation;

/// <summary>A staff member who treats patients, with the habits that the roster and the book are made of.</summary>
internal sealed class Clinician(StaffMember member, string room, int index, Choice<Service> services, Habits habits, DateOnly? left)
{
    public StaffMember Member { get; } = member;

    public string Room { get; } = room;

    public Choice<Service> Services { get; } = services;

    public Habits Habits { get; } = habits;

    /// <summary>Who is assigned to this clinician, those from long ago first.</summary>
    public List<Patient> Patients { get; } = [];

    /// <summary>On which weekdays they come, so many a week; full-timers' free days differ.</summary>
    public bool WorksOn(DateOnly day, int daysAWeek, bool openOnSaturday)
    {
        if (day < Member.StartedOn || day >= left)
        {
            return false;
        }

        var weekday = (int)day.DayOfWeek - 1;
        return day.DayOfWeek switch
        {
            DayOfWeek.Sunday => false,
            DayOfWeek.Saturday => openOnSaturday && index % 3 == 0,
            _ => daysAWeek < 5 ? (weekday + (2 * index)) % 5 < daysAWeek : index % 2 == 0 || (weekday + index) % 5 != 0,
        };
    }
}
