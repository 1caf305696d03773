using EmbedStack.Doctor.Checks;

namespace EmbedStack.Doctor;

/// <summary>How the program ends.</summary>
internal static class ExitCode
{
    public const int Healthy = 0;
    public const int Findings = 1;
    public const int WrongUsage = 2;
    public const int NotExamined = 3;

    public static int Of(IReadOnlyList<Examined> examined) =>
        examined.Any(check => check.Verdict.Finding == Finding.Found) ? Findings
        : examined.Any(check => check.Verdict.Finding == Finding.NotExamined) ? NotExamined
        : Healthy;
}
