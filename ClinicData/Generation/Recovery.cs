namespace EmbedStack.ClinicData.Generation;

/// <summary>How age bears on treatment: the young recover oftener, most of all from injuries.</summary>
internal static class Recovery
{
    private const int Middle = 52;
    private const double PerYear = 0.005;

    /// <summary>What is added to the share of assessments that find an improvement.</summary>
    public static double OfAge(int age) => Math.Clamp((Middle - age) * PerYear, -0.16, 0.14);
}
