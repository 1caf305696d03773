namespace EmbedStack.ServiceDefaults;

/// <summary>How every host of the stack reads its settings files.</summary>
public static class SettingsFiles
{
    /// <summary>
    /// Arguments for a host's builder with which settings files are read once. A host watches them otherwise, and cannot
    /// start where somebody's other programs have taken the watchers that Linux gives a user: 128 by default.
    /// </summary>
    /// <param name="args">The program's arguments.</param>
    /// <returns>Those, and the setting.</returns>
    public static string[] ReadOnce(string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        return [.. args, "--hostBuilder:reloadConfigOnChange=false"];
    }
}
