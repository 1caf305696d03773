namespace Aspire.Hosting.ApplicationModel;

/// <summary>
/// Names a file that carries a secret to a resource. A secret that is to be rotated later is found through these.
/// </summary>
/// <param name="environmentName">The environment variable that holds the file's path as the resource sees it.</param>
/// <param name="parameter">The parameter whose value the file holds.</param>
/// <param name="path">The file's path on the host.</param>
public sealed class SecretFileAnnotation(string environmentName, ParameterResource parameter, string path) : IResourceAnnotation
{
    /// <summary>
    /// Gets the environment variable that holds the file's path as the resource sees it.
    /// </summary>
    public string EnvironmentName { get; } = environmentName ?? throw new ArgumentNullException(nameof(environmentName));

    /// <summary>
    /// Gets the parameter whose value the file holds.
    /// </summary>
    public ParameterResource Parameter { get; } = parameter ?? throw new ArgumentNullException(nameof(parameter));

    /// <summary>
    /// Gets the file's path on the host.
    /// </summary>
    public string Path { get; } = path ?? throw new ArgumentNullException(nameof(path));
}
