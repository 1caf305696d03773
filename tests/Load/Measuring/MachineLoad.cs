using System.Globalization;

namespace EmbedStack.Load.Measuring;

/// <summary>How busy the machine is with whatever else: a benchmark beside other work measures that work too.</summary>
internal static class MachineLoad
{
    private const string File = "/proc/loadavg";

    /// <summary>Processes that ran or waited, on average over the last minute; null where nobody tells.</summary>
    public static double? Now => System.IO.File.Exists(File)
        ? double.Parse(System.IO.File.ReadAllText(File).Split(' ')[0], CultureInfo.InvariantCulture)
        : null;
}
