namespace EmbedStack.Doctor;

/// <summary>What is asked for: <c>[--json] [--superset URL]</c>.</summary>
/// <param name="Json">Whether a program reads the report.</param>
/// <param name="Superset">The Superset to examine; null for the stack that runs.</param>
internal sealed record CommandLine(bool Json, Uri? Superset)
{
    /// <summary>Reads arguments; null where they are none of these.</summary>
    public static CommandLine? Parse(IReadOnlyList<string> args)
    {
        var (json, superset) = (false, (Uri?)null);
        for (var place = 0; place < args.Count; place++)
        {
            switch (args[place])
            {
                case "--json":
                    json = true;
                    break;
                case "--superset" when place + 1 < args.Count && IsAddress(args[place + 1], out superset):
                    place++;
                    break;
                default:
                    return null;
            }
        }

        return new CommandLine(json, superset);
    }

    // Names and passwords in an address end up in logs.
    private static bool IsAddress(string text, out Uri? address) =>
        Uri.TryCreate(text, UriKind.Absolute, out address) && address.Scheme is "http" or "https" && address.UserInfo.Length == 0;
}
