namespace EmbedStack.ClinicData.Generation;

/// <summary>What makes one clinic differ from another.</summary>
/// <param name="Clinicians">How many treat patients.</param>
/// <param name="AppointmentsAYear">At scale small.</param>
/// <param name="NoShows">Share of appointments to which nobody comes.</param>
/// <param name="Cancellations">Share of appointments called off.</param>
/// <param name="Saturday">How busy a Saturday is, 0 for closed.</param>
/// <param name="YearlyGrowth">Growth of the volume a year.</param>
/// <param name="Services">What is offered.</param>
internal sealed record ClinicProfile(
    int Clinicians,
    int AppointmentsAYear,
    double NoShows,
    double Cancellations,
    double Saturday,
    double YearlyGrowth,
    IReadOnlyList<ServiceOffer> Services)
{
    private static readonly ClinicProfile Specialists = new(8, 2600, 0.085, 0.065, 0.30, 0.06,
    [
        new("Cardiology consultation", "Cardiology", 30, 260m),
        new("Echocardiogram", "Cardiology", 45, 420m),
        new("Stress test", "Cardiology", 40, 360m),
        new("Skin check", "Dermatology", 20, 165m),
        new("Mole removal", "Dermatology", 40, 390m),
        new("Diabetes review", "Endocrinology", 30, 190m),
        new("Thyroid consultation", "Endocrinology", 30, 210m),
        new("Physiotherapy session", "Physiotherapy", 45, 115m),
        new("Rehabilitation plan", "Physiotherapy", 60, 180m),
    ]);

    private static readonly ClinicProfile DaySurgery = new(5, 1400, 0.104, 0.095, 0, -0.03,
    [
        new("Cataract surgery", "Ophthalmology", 60, 2450m),
        new("Eye assessment", "Ophthalmology", 30, 220m),
        new("Colonoscopy", "Endoscopy", 60, 1680m),
        new("Gastroscopy", "Endoscopy", 45, 1240m),
        new("Carpal tunnel release", "Orthopaedics", 75, 2150m),
        new("Pre-operative assessment", "Orthopaedics", 30, 180m),
        new("Wound review", "Orthopaedics", 20, 95m),
    ]);

    private static readonly ClinicProfile Community = new(4, 1000, 0.095, 0.080, 0.15, 0.02,
    [
        new("General consultation", "General medicine", 20, 110m),
        new("Care plan", "General medicine", 40, 190m),
        new("Vaccination", "Prevention", 15, 60m),
        new("Health check", "Prevention", 45, 210m),
    ]);

    public static ClinicProfile For(string tenant) => tenant switch
    {
        "northside" => Specialists,
        "harbour" => DaySurgery,
        _ => Community,
    };
}
