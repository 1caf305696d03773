namespace EmbedStack.ClinicData.Loading;

/// <summary>Weekdays as charts sort them.</summary>
internal static class Weekdays
{
    private static readonly string[] Names = ["7 Sun", "1 Mon", "2 Tue", "3 Wed", "4 Thu", "5 Fri", "6 Sat"];

    public static string Of(DateOnly day) => Names[(int)day.DayOfWeek];
}
