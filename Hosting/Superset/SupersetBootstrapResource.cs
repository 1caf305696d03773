namespace Aspire.Hosting.ApplicationModel;

/// <summary>
/// A resource that represents a container of Superset's image that runs another command to completion, such as
/// migrating the metadata database.
/// </summary>
/// <param name="name">The name of the resource.</param>
/// <param name="entrypoint">The program to run in the container.</param>
public class SupersetBootstrapResource(string name, string entrypoint) : ContainerResource(name, entrypoint), ISupersetResource;
