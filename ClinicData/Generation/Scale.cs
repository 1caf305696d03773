namespace EmbedStack.ClinicData.Generation;

/// <summary>How much data is made.</summary>
/// <param name="Name">As in ClinicData__Scale.</param>
/// <param name="Months">Length of the history before <see cref="ClinicCalendar.Anchor"/>.</param>
/// <param name="Factor">How often a clinic's yearly volume is taken.</param>
internal sealed record Scale(string Name, int Months, int Factor)
{
    /// <summary>For tests: about 4 000 appointments of the two demo clinics.</summary>
    public static readonly Scale Small = new("small", 12, 1);

    /// <summary>For people to look at: about 60 000.</summary>
    public static readonly Scale Demo = new("demo", 36, 5);

    public static Scale Parse(string name) => name switch
    {
        "small" => Small,
        "demo" => Demo,
        _ => throw new ClinicDataException($"ClinicData__Scale is '{name}'; it may be small or demo"),
    };
}
