namespace EmbedStack.ClinicData.Generation;

/// <summary>Who pays for treatment, and after how many days.</summary>
internal static class Payers
{
    public static IReadOnlyList<Payer> For(ClinicProfile profile, int clinic)
    {
        var mix = profile.Payers;
        return
        [
            new((clinic * 100) + 1, "Medicare", "public", mix.Public * 0.85, 2, 10),
            new((clinic * 100) + 2, "Veterans' Affairs", "public", mix.Public * 0.15, 5, 21),
            new((clinic * 100) + 3, "Wattle Health Fund", "private", mix.Private * 0.5, 8, 32),
            new((clinic * 100) + 4, "Banksia Mutual", "private", mix.Private * 0.3, 6, 26),
            new((clinic * 100) + 5, "Coastal Care Insurance", "private", mix.Private * 0.2, 12, 45),
            new((clinic * 100) + 6, "Workers' compensation", "compensation", mix.Compensation, 18, 75),
            new((clinic * 100) + 7, "Self-funded", "self", mix.Self, 0, 12),
        ];
    }
}
