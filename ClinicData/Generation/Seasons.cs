namespace EmbedStack.ClinicData.Generation;

/// <summary>What the time of year does to patients' answers and to fees.</summary>
internal static class Seasons
{
    // January to December: in winter waiting rooms are full.
    private static readonly double[] Moods = [0.20, 0.10, 0.05, 0, -0.10, -0.30, -0.45, -0.40, -0.15, 0.05, 0.10, 0.15];

    // In winter more is billed at the schedule's fee, around the turn of the year more at private rates.
    private static readonly double[] Rates = [0.05, 0.03, 0.01, -0.01, -0.03, -0.05, -0.06, -0.05, -0.02, 0.01, 0.04, 0.06];

    /// <summary>What is added to the mean score.</summary>
    public static double Mood(DateOnly day) => Moods[day.Month - 1];

    /// <summary>What fees are multiplied by.</summary>
    public static double Rate(DateOnly day) => 1 + Rates[day.Month - 1];

    /// <summary>The day since which the fees have held: they are indexed each 1 July.</summary>
    public static DateOnly IndexedOn(DateOnly day) => new(day.Month < 7 ? day.Year - 1 : day.Year, 7, 1);
}
