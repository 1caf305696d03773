namespace EmbedStack.ClinicData.Generation;

/// <summary>When clinics in Sydney work, and how busy a day is.</summary>
internal static class ClinicCalendar
{
    /// <summary>
    /// "Today" of the demo data: before it is history, from it on are bookings. Fixed, not the clock's, so that the
    /// same seed makes the same rows on every day.
    /// </summary>
    public static readonly DateOnly Anchor = new(2026, 11, 2);

    /// <summary>How far ahead of the anchor people have booked.</summary>
    public const int BookedDays = 14;

    // January to December: quiet summer holidays, busy winter.
    private static readonly double[] Months = [0.72, 0.95, 1.02, 0.94, 1.05, 1.13, 1.16, 1.14, 1.05, 1.02, 1.02, 0.78];

    private static readonly (int Month, int Day)[] Holidays = [(1, 1), (1, 26), (4, 25), (12, 25), (12, 26)];

    public static IEnumerable<DateOnly> Days(Scale scale)
    {
        for (var day = Anchor.AddMonths(-scale.Months); day < Anchor.AddDays(BookedDays); day = day.AddDays(1))
        {
            yield return day;
        }
    }

    /// <summary>How busy a day is; 0 where the clinic is closed, about 1 on an ordinary weekday.</summary>
    public static double Weight(DateOnly day, Scale scale, ClinicProfile profile)
    {
        if (Holidays.Contains((day.Month, day.Day)))
        {
            return 0;
        }

        var weekday = day.DayOfWeek switch
        {
            DayOfWeek.Monday => 1.15,
            DayOfWeek.Tuesday => 1.10,
            DayOfWeek.Wednesday => 1.05,
            DayOfWeek.Thursday => 1.00,
            DayOfWeek.Friday => 0.80,
            DayOfWeek.Saturday => profile.Saturday,
            _ => 0,
        };
        return weekday * Months[day.Month - 1] * Growth(day, scale, profile) * Filling(day);
    }

    private static double Growth(DateOnly day, Scale scale, ClinicProfile profile)
    {
        var start = Anchor.AddMonths(-scale.Months);
        var years = (day.DayNumber - start.DayNumber) / 365.25;
        return 1 + (profile.YearlyGrowth * years);
    }

    // The further ahead, the fewer have booked yet.
    private static double Filling(DateOnly day) =>
        day < Anchor ? 1 : 0.8 * (1 - ((day.DayNumber - Anchor.DayNumber) / (double)(2 * BookedDays)));
}
