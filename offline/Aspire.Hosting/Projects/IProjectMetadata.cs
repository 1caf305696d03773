namespace Aspire.Hosting;

/// <summary>Where a project lies.</summary>
public interface IProjectMetadata : IResourceAnnotation
{
    /// <summary>The project file.</summary>
    string ProjectPath { get; }

    /// <summary>The launch settings, instead of the file's.</summary>
    LaunchSettings? LaunchSettings => null;

    /// <summary>Whether it is built already.</summary>
    bool SuppressBuild => false;

    /// <summary>Whether it is a single C# file.</summary>
    bool IsFileBasedApp => string.Equals(Path.GetExtension(ProjectPath), ".cs", StringComparison.OrdinalIgnoreCase);
}

internal sealed class ProjectMetadata(string projectPath) : IProjectMetadata
{
    public string ProjectPath { get; } = Resolve(projectPath);

    private static string Resolve(string path)
        => Directory.Exists(path) && Directory.GetFiles(path, "*.csproj") is [var project] ? project : path;
}
