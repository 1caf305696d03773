namespace EmbedStack.ClinicData.Generation;

/// <summary>When clinics in Sydney work, and how busy a day is.</summary>
internal sealed class ClinicCalendar(Scale scale, DateOnly reportingDay)
{
    /// <summary>How far ahead of the reporting day people are rostered and have booked.</summary>
    public const int BookedDays = 14;

    // January to December: quiet summer holidays, busy winter.
    private static readonly double[] Demand = [0.84, 0.97, 1.00, 0.97, 1.01, 1.04, 1.05, 1.04, 1.01, 1.00, 1.00, 0.88];
    private static readonly double[] OnLeave = [0.30, 0.06, 0.05, 0.14, 0.05, 0.06, 0.11, 0.05, 0.09, 0.06, 0.05, 0.20];

    /// <summary>"Today": what lies before it is history, what follows is booked.</summary>
    public DateOnly ReportingDay { get; } = reportingDay;

    /// <summary>
    /// When the network's story begins. It stays where it is as days go by, so that what happened yesterday has happened
    /// tomorrow as well; a scale of no fixed day takes the half-year in which its history begins.
    /// </summary>
    public DateOnly Start { get; } = StartOf(scale, reportingDay);

    /// <summary>The first day of the history: rows from before are not kept.</summary>
    public DateOnly First { get; } = scale.ReportingDay is null ? MonthOf(reportingDay.AddMonths(-scale.Months)) : StartOf(scale, reportingDay);

    /// <summary>The day after the last that can be booked.</summary>
    public DateOnly End { get; } = reportingDay.AddDays(BookedDays);

    // A scale without a day of its own stands on any day of its half-year: its story is told in the middle of it.
    private int Length { get; } =
        (scale.ReportingDay is null ? StartOf(scale, reportingDay).AddMonths(scale.Months + 3) : BasisOf(scale, reportingDay)).DayNumber
        - StartOf(scale, reportingDay).DayNumber;

    public IEnumerable<DateOnly> Days()
    {
        for (var day = Start; day < End; day = day.AddDays(1))
        {
            yield return day;
        }
    }

    /// <summary>0 when the story begins, 1 about the reporting day.</summary>
    public double Progress(DateOnly day) => (day.DayNumber - Start.DayNumber) / (double)Length;

    /// <summary>The day of a <see cref="Progress"/>.</summary>
    public DateOnly At(double progress) => Start.AddDays((int)(progress * Length));

    public double YearsSinceStart(DateOnly day) => (day.DayNumber - Start.DayNumber) / 365.25;

    public static double LeaveIn(DateOnly day) => OnLeave[day.Month - 1];

    /// <summary>How much of the rostered time people ask for, 1 on an ordinary day.</summary>
    public double DemandOn(DateOnly day)
    {
        var weekday = day.DayOfWeek switch
        {
            DayOfWeek.Monday => 1.04,
            DayOfWeek.Tuesday => 1.02,
            DayOfWeek.Thursday => 0.99,
            DayOfWeek.Friday => 0.92,
            DayOfWeek.Saturday => 0.90,
            _ => 1,
        };
        return weekday * Demand[day.Month - 1] * Filling(day);
    }

    /// <summary>Public holidays of New South Wales, without those that replace one on a weekend.</summary>
    public static bool IsHoliday(DateOnly day)
    {
        var easter = EasterSunday(day.Year).DayNumber - day.DayNumber;
        return (day.Month, day.Day) is (1, 1) or (1, 26) or (4, 25) or (12, 25) or (12, 26)
            || easter is 2 or 1 or 0 or -1
            || (day is { Month: 6, DayOfWeek: DayOfWeek.Monday, Day: >= 8 and <= 14 })
            || (day is { Month: 10, DayOfWeek: DayOfWeek.Monday, Day: <= 7 });
    }

    private static DateOnly StartOf(Scale scale, DateOnly reportingDay)
    {
        var begins = BasisOf(scale, reportingDay).AddMonths(-scale.Months);
        return scale.ReportingDay is null ? new DateOnly(begins.Year, begins.Month < 7 ? 1 : 7, 1) : begins;
    }

    private static DateOnly BasisOf(Scale scale, DateOnly reportingDay) =>
        scale.ReportingDay is { } fixedDay && fixedDay < reportingDay ? fixedDay : reportingDay;

    private static DateOnly MonthOf(DateOnly day) => new(day.Year, day.Month, 1);

    // The further ahead, the fewer have booked yet.
    private double Filling(DateOnly day) =>
        day < ReportingDay ? 1 : 0.97 - (0.04 * (day.DayNumber - ReportingDay.DayNumber));

    // Anonymous Gregorian computus.
    private static DateOnly EasterSunday(int year)
    {
        var (a, b, c) = (year % 19, year / 100, year % 100);
        var h = ((19 * a) + b - (b / 4) - ((b - ((b + 8) / 25) + 1) / 3) + 15) % 30;
        var l = (32 + (2 * (b % 4)) + (2 * (c / 4)) - h - (c % 4)) % 7;
        var m = (a + (11 * h) + (22 * l)) / 451;
        var day = h + l - (7 * m) + 114;
        return new DateOnly(year, day / 31, (day % 31) + 1);
    }
}
