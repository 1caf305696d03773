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
            var found = place.Left switch { null => "nothing was deleted there", 0 => "nothing", var left => $"{left} left" };
            terminal.Say(
                place switch { { Left: null } => "not searched", { Kept: null } => "checked", _ => "kept" },
                $"{place.Place}: {place.Kept ?? found}");
        }

        if (!proof.NothingLeft)
        {
            var left = string.Join(", ", proof.Left.Select(place => place.Place));
            throw new JobException(left.Length == 0
                ? $"nothing was searched for {what}. Next: run the same command again"
                : $"of {what} something is left in {left}. Next: run the same command again");
        }

        var unsearched = string.Join(", ", proof.Unsearched.Select(place => place.Place));
        terminal.Output.WriteLine(unsearched.Length == 0 ? $"Nothing is left of {what}." : $"Erased here: what {unsearched} holds of {what} is yours to delete.");
    }
}
