namespace Aspire.Hosting;

/// <summary>How a project is added.</summary>
public class ProjectResourceOptions
{
    /// <summary>The launch profile to use.</summary>
    public string? LaunchProfileName { get; set; }

    /// <summary>Whether no launch profile is used.</summary>
    public bool ExcludeLaunchProfile { get; set; }

    /// <summary>Whether Kestrel's endpoints in the project's settings are left out.</summary>
    public bool ExcludeKestrelEndpoints { get; set; }
}
