using System.Text.Json.Serialization;

namespace Aspire.Hosting;

/// <summary>A project's <c>launchSettings.json</c>.</summary>
public sealed class LaunchSettings
{
    /// <summary>The profiles by name.</summary>
    [JsonPropertyName("profiles")]
    public Dictionary<string, LaunchProfile> Profiles { get; set; } = [];
}

/// <summary>A profile of <c>launchSettings.json</c>.</summary>
public sealed class LaunchProfile
{
    /// <summary>What the profile starts.</summary>
    [JsonPropertyName("commandName")]
    public string? CommandName { get; set; }

    /// <summary>The arguments.</summary>
    [JsonPropertyName("commandLineArgs")]
    public string? CommandLineArgs { get; set; }

    /// <summary>Whether <c>dotnet run</c> talks.</summary>
    [JsonPropertyName("dotnetRunMessages")]
    public bool? DotnetRunMessages { get; set; }

    /// <summary>Whether a browser is opened.</summary>
    [JsonPropertyName("launchBrowser")]
    public bool? LaunchBrowser { get; set; }

    /// <summary>What the browser opens.</summary>
    [JsonPropertyName("launchUrl")]
    public string? LaunchUrl { get; set; }

    /// <summary>The addresses, separated by semicolons.</summary>
    [JsonPropertyName("applicationUrl")]
    public string? ApplicationUrl { get; set; }

    /// <summary>The environment.</summary>
    [JsonPropertyName("environmentVariables")]
    public Dictionary<string, string> EnvironmentVariables { get; set; } = [];

    /// <summary>The program, for profiles that start one.</summary>
    [JsonPropertyName("executablePath")]
    public string? ExecutablePath { get; set; }
}
