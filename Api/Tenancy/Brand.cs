namespace EmbedStack.Api.Tenancy;

/// <summary>A tenant's colour as its people's pages wear it in light and in dark: readable on the app's surfaces, and written upon.</summary>
internal sealed record Brand(string Light, string Dark)
{
    private const double Least = 6; // 4.5 on a wash of itself as well

    // The surfaces of Web/src/app.css.
    private static readonly Colour LightGround = new(0xf5, 0xf7, 0xf8);
    private static readonly Colour DarkSurface = new(0x18, 0x1f, 0x21);

    /// <returns>Null where the tenant has no colour: the product's own is the app's.</returns>
    public static Brand? Of(Tenant? tenant) => Colour.Read(tenant?.Accent) is { } accent
        ? new($"{accent.ReadableOn(LightGround, Least)}", $"{accent.ReadableOn(DarkSurface, Least)}")
        : null;

    /// <summary>A style sheet of it. It outweighs the app's own, wherever it stands.</summary>
    public string ToStyle() => $"html:root{{--accent-light:{Light};--accent-dark:{Dark}}}\n";
}
