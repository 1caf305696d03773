using System.Reflection;

namespace EmbedStack.Api.Persistence;

/// <summary>One step of schema <c>api</c>, embedded as SQL. A step that has shipped is never edited.</summary>
internal sealed record Migration(string Name, string Sql)
{
    private const string Prefix = "Migrations/";

    public static IReadOnlyList<Migration> All { get; } = Load();

    private static Migration[] Load()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return [.. assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => new Migration(name[Prefix.Length..], Read(assembly, name)))];
    }

    private static string Read(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
