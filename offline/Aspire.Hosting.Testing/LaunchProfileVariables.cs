using System.Text.Json;

namespace Aspire.Hosting.Testing;

/// <summary>The environment of an AppHost's launch profile, as configuration keys.</summary>
internal static class LaunchProfileVariables
{
    private static readonly JsonDocumentOptions _lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <param name="projectDirectory">The AppHost project's folder.</param>
    /// <param name="profileName">The profile; the first where none is given.</param>
    /// <exception cref="InvalidOperationException">There is no profile of that name.</exception>
    public static IReadOnlyDictionary<string, string?> Read(string projectDirectory, string? profileName)
    {
        var variables = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        var file = Path.Combine(projectDirectory, "Properties", "launchSettings.json");
        if (!File.Exists(file))
        {
            return variables;
        }

        using var settings = JsonDocument.Parse(File.ReadAllText(file), _lenient);
        var profiles = settings.RootElement.TryGetProperty("profiles", out var found) ? found.EnumerateObject().ToArray() : [];
        if (profiles.Length == 0)
        {
            return variables;
        }

        var profile = Choose(profiles, profileName);
        variables["DOTNET_LAUNCH_PROFILE"] = profile.Name;
        if (profile.Value.TryGetProperty("environmentVariables", out var environment))
        {
            foreach (var variable in environment.EnumerateObject())
            {
                Add(variables, variable.Name, variable.Value.GetString());
            }
        }

        return variables;
    }

    private static JsonProperty Choose(JsonProperty[] profiles, string? name)
    {
        if (string.IsNullOrEmpty(name))
        {
            return profiles[0];
        }

        return profiles.Any(profile => profile.Name == name)
            ? profiles.First(profile => profile.Name == name)
            : throw new InvalidOperationException($"The AppHost has no launch profile '{name}'.");
    }

    // As environment variables these would be read without their prefix, too.
    private static void Add(Dictionary<string, string?> variables, string name, string? value)
    {
        variables[name] = value;
        foreach (var prefix in (string[])["DOTNET_", "ASPNETCORE_"])
        {
            if (name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            {
                variables[name[prefix.Length..]] = value;
            }
        }
    }
}
