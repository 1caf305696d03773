namespace Aspire.Hosting.Native.Superset;

/// <summary>Looks at a virtual environment of Python's.</summary>
internal static class VirtualEnvironment
{
    public static string Python(string environment) => Path.Combine(environment, "bin", "python");

    public static string? Problem(string environment, string package)
    {
        if (!File.Exists(Python(environment)))
        {
            return $"there is no virtual environment in {environment}";
        }

        var isInstalled = Directory.EnumerateDirectories(Path.Combine(environment, "lib"), "python3*")
            .Any(python => Directory.Exists(Path.Combine(python, "site-packages", package)));
        return isInstalled ? null : $"the virtual environment in {environment} holds no '{package}'";
    }
}
