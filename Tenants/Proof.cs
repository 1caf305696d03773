using EmbedStack.ClinicData.Stores;
using EmbedStack.ServiceDefaults.Jobs;

namespace EmbedStack.Tenants;

/// <summary>Says where was looked, and what was found there.</summary>
internal static class Proof
{
    /// <exception cref="JobException">Something is left.</exception>
    public static void Show(Terminal terminal, string what, IReadOnlyList<Remainder> places)
    {
        foreach (var place in places)
        {
            terminal.Say("checked", $"{place.Place}: {(place.Left == 0 ? "nothing" : $"{place.Left} left")}");
        }

        var left = places.Where(place => place.Left > 0).Select(place => place.Place).ToArray();
        terminal.Output.WriteLine(left.Length == 0
            ? $"Nothing is left of {what}."
            : throw new JobException($"of {what} something is left in {string.Join(", ", left)}. Next: run the same command again"));
    }
}
