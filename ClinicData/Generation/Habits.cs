namespace EmbedStack.ClinicData.Generation;

/// <summary>What tells one clinician's figures from a colleague's, beside the clinic's profile.</summary>
/// <param name="Improves">Added to the share of assessments that find an improvement.</param>
/// <param name="Missed">How often patients stay away, 1 as elsewhere in the clinic.</param>
/// <param name="Stays">How readily they stay when the day was full, 0 to 1.</param>
/// <param name="Fees">What they charge, 1 as listed.</param>
/// <param name="Popular">How readily they are booked, 1 as elsewhere in the clinic.</param>
internal sealed record Habits(double Improves, double Missed, double Stays, double Fees, double Popular)
{
    public static Habits Next(Randomness random) => new(
        0.20 * (random.Unit() - 0.5), 0.55 + (0.90 * random.Unit()), random.Unit(), 0.88 + (0.26 * random.Unit()),
        0.90 + (0.16 * random.Unit()));
}
