using System.Text.Json;

namespace Aspire.Hosting.Projects;

/// <summary>Finds the launch profile of a project.</summary>
internal static class LaunchProfiles
{
    private static readonly JsonSerializerOptions Lenient = new() { ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    internal static (string Name, LaunchProfile Profile)? Effective(ProjectResource project)
    {
        if (project.HasAnnotationOfType<ExcludeLaunchProfileAnnotation>() || Settings(project) is not { } settings)
        {
            return project.TryGetLastAnnotation<LaunchProfileAnnotation>(out var wanted) ? throw NotFound(project, wanted.LaunchProfileName) : null;
        }

        if (project.TryGetLastAnnotation<LaunchProfileAnnotation>(out var chosen))
        {
            return settings.Profiles.TryGetValue(chosen.LaunchProfileName, out var named)
                ? (chosen.LaunchProfileName, named)
                : throw NotFound(project, chosen.LaunchProfileName);
        }

        if (project.TryGetLastAnnotation<DefaultLaunchProfileAnnotation>(out var preferred) && settings.Profiles.TryGetValue(preferred.LaunchProfileName, out var profile))
        {
            return (preferred.LaunchProfileName, profile);
        }

        var first = settings.Profiles.FirstOrDefault(p => string.Equals(p.Value.CommandName, "Project", StringComparison.OrdinalIgnoreCase));
        return first.Key is null ? null : (first.Key, first.Value);
    }

    private static LaunchSettings? Settings(ProjectResource project)
    {
        var metadata = project.GetProjectMetadata();
        if (metadata.LaunchSettings is { } given)
        {
            return given;
        }

        var path = Path.Combine(Path.GetDirectoryName(metadata.ProjectPath)!, "Properties", "launchSettings.json");
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<LaunchSettings>(File.ReadAllText(path), Lenient);
        }
        catch (JsonException ex)
        {
            throw new DistributedApplicationException($"Failed to get effective launch profile for project resource '{project.Name}'. There is malformed JSON in the project's launch settings file at '{path}'.", ex);
        }
    }

    private static DistributedApplicationException NotFound(ProjectResource project, string name)
        => new($"Launch profile '{name}' for project resource '{project.Name}' was not found.");
}
