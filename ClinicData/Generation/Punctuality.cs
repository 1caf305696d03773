namespace EmbedStack.ClinicData.Generation;

/// <summary>
/// Which share of notes and follow-ups comes in time. Half way through the history the network began to remind clinicians
/// of their notes; follow-ups got better by and by; over the summer holidays both wait.
/// </summary>
internal sealed class Punctuality(ClinicProfile profile, ClinicCalendar calendar)
{
    private const double Holidays = 0.07;

    public double OfNotes(DateOnly day) => On(day, Math.Clamp((calendar.Progress(day) - 0.45) / 0.2, 0, 1), 0);

    public double OfFollowUps(DateOnly day) => On(day, Math.Clamp(calendar.Progress(day), 0, 1), -0.05);

    private double On(DateOnly day, double reached, double offset) => Math.Clamp(
        profile.Punctual + offset - (profile.PunctualTrend * (1 - reached)) - (day is { Month: 12, Day: > 14 } or { Month: 1 } ? Holidays : 0), 0.3, 0.99);
}
