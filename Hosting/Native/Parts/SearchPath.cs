namespace Aspire.Hosting.Native;

/// <summary>Finds programs on the PATH.</summary>
internal static class SearchPath
{
    public static IEnumerable<string> FindAll(string program) =>
        from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        let file = Path.Combine(folder, program)
        where Path.IsPathFullyQualified(file) && File.Exists(file)
        select file;

    public static string? Find(string program) => FindAll(program).FirstOrDefault();

    public static string? Problem(string program) =>
        Find(program) is null ? $"there is no '{program}' on the PATH" : null;
}
