using System.Globalization;
using System.Text.RegularExpressions;

namespace EmbedStack.Api.Tenancy;

/// <summary>A colour of the screen, <c>#rrggbb</c>.</summary>
internal readonly partial record struct Colour(int Red, int Green, int Blue)
{
    private const double Step = 0.04;

    /// <returns>The colour, or null where the text is none.</returns>
    public static Colour? Read(string? text) => text is not null && Form().IsMatch(text)
        ? new(Part(text, 1), Part(text, 3), Part(text, 5))
        : null;

    /// <summary>WCAG's contrast of two colours, from 1 to 21.</summary>
    public static double Contrast(Colour one, Colour other)
    {
        var (darker, lighter) = (Math.Min(one.Luminance, other.Luminance), Math.Max(one.Luminance, other.Luminance));
        return (lighter + 0.05) / (darker + 0.05);
    }

    /// <summary>The colour, mixed with black or white until it can be read on <paramref name="ground"/>.</summary>
    public Colour ReadableOn(Colour ground, double least)
    {
        var towards = ground.Luminance > 0.4 ? 0 : 255;
        var mixed = this;
        for (var share = Step; Contrast(mixed, ground) < least && share <= 1 + Step; share += Step)
        {
            mixed = Mix(towards, Math.Min(share, 1));
        }

        return mixed;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"#{Red:x2}{Green:x2}{Blue:x2}");

    private double Luminance => (0.2126 * Light(Red)) + (0.7152 * Light(Green)) + (0.0722 * Light(Blue));

    private static double Light(int part) => part / 255.0 is var share && share <= 0.04045 ? share / 12.92 : Math.Pow((share + 0.055) / 1.055, 2.4);

    private static int Part(string text, int from) => int.Parse(text.AsSpan(from, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private Colour Mix(int towards, double share)
    {
        return new(Of(Red), Of(Green), Of(Blue));

        int Of(int part) => (int)Math.Round(part + ((towards - part) * share), MidpointRounding.AwayFromZero);
    }

    [GeneratedRegex(@"\A#[0-9a-fA-F]{6}\z")]
    private static partial Regex Form();
}
