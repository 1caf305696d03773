namespace EmbedStack.ClinicData.Generation;

/// <summary>How much data is made.</summary>
/// <param name="Name">As in ClinicData__Scale.</param>
/// <param name="Months">Length of the history before the reporting day.</param>
/// <param name="Clinicians">How often a clinic's clinicians are taken.</param>
/// <param name="DaysAWeek">On how many days a full-time clinician works.</param>
/// <param name="ShiftMinutes">How long a clinician works on such a day.</param>
/// <param name="PatientsBefore">How many patients each clinician has from before the history begins.</param>
/// <param name="ReportingDay">"Today" of the rows; none for the day of the load.</param>
internal sealed record Scale(
    string Name, int Months, double Clinicians, int DaysAWeek, int ShiftMinutes, int PatientsBefore, DateOnly? ReportingDay)
{
    /// <summary>For tests: about 20 000 appointments, the same on every day.</summary>
    public static readonly Scale Small = new("small", 13, 0.3, 2, 140, 14, new DateOnly(2026, 11, 2));

    /// <summary>For people to look at: about 1.5 million.</summary>
    public static readonly Scale Demo = new("demo", 36, 1, 5, 450, 70, null);

    /// <summary>For measuring: about 15 million.</summary>
    public static readonly Scale Large = new("large", 36, 10, 5, 450, 70, null);

    /// <exception cref="ClinicDataException">No scale has that name.</exception>
    public static Scale Parse(string name) => name switch
    {
        "small" => Small,
        "demo" => Demo,
        "large" => Large,
        _ => throw new ClinicDataException($"ClinicData__Scale is '{name}'; it may be small, demo or large"),
    };
}
