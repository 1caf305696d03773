namespace EmbedStack.ClinicData.Stores;

/// <summary>The files of folder Sql, which are embedded in this assembly.</summary>
internal static class SqlFiles
{
    public static string Read(string name)
    {
        using var stream = typeof(SqlFiles).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"No SQL file {name} in the assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>The statements of a file, each of which ends with a semicolon at the end of its line.</summary>
    public static IReadOnlyList<string> Statements(string name) =>
        Read(name).Split(";\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
