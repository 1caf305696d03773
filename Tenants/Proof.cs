using EmbedStack.ClinicData.Stores;
using EmbedStack.ServiceDefaults.Jobs;

namespace EmbedStack.Tenants;

/// <summary>Says where was looked, and what was found there.</summary>
internal static class Proof
{
    /// <exception cref="JobException">Something is left, or nothing was searched.</exception>
    public static void Show(Terminal terminal, string what, ErasureProof proof)
    {
        foreach (var place in proof.Places)
        {
            terminal.Say(
                place.Kept is null ? "checked" : "kept",
                $"{place.Place}: {place.Kept ?? (place.Left == 0 ? "nothing" : $"{place.Left} left")}");
        }

        if (!proof.NothingLeft)
        {
            var left = string.Join(", ", proof.Left.Select(place => place.Place));
            throw new JobException(left.Length == 0
                ? $"nothing was searched for {what}. Next: run the same command again"
                : $"of {what} something is left in {left}. Next: run the same command again");
        }

        terminal.Output.WriteLine($"Nothing is left of {what}.");
    }
}
