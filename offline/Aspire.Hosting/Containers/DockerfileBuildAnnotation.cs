namespace Aspire.Hosting.ApplicationModel;

/// <summary>The container's image is built.</summary>
public class DockerfileBuildAnnotation : IResourceAnnotation
{
    /// <summary>Makes the annotation.</summary>
    /// <param name="contextPath">The build's context.</param>
    /// <param name="dockerfilePath">The Dockerfile.</param>
    /// <param name="stage">The last stage to build.</param>
    public DockerfileBuildAnnotation(string contextPath, string dockerfilePath, string? stage)
        => (ContextPath, DockerfilePath, Stage) = (contextPath, dockerfilePath, stage);

    /// <summary>The build's context.</summary>
    public string ContextPath { get; }

    /// <summary>The Dockerfile.</summary>
    public string DockerfilePath { get; }

    /// <summary>The last stage to build.</summary>
    public string? Stage { get; }

    /// <summary>The build's arguments.</summary>
    public Dictionary<string, object?> BuildArguments { get; } = [];

    /// <summary>The build's secrets.</summary>
    public Dictionary<string, object> BuildSecrets { get; } = [];

    /// <summary>The image's name.</summary>
    public string? ImageName { get; set; }

    /// <summary>The image's tag.</summary>
    public string? ImageTag { get; set; }
}
