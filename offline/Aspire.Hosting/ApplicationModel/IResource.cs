namespace Aspire.Hosting.ApplicationModel;

/// <summary>A part of the application: a process, a container, a parameter, a database.</summary>
public interface IResource
{
    /// <summary>The name, unique in the application without regard to case.</summary>
    string Name { get; }

    /// <summary>What has been said about the resource.</summary>
    ResourceAnnotationCollection Annotations { get; }
}

/// <summary>Something said about a resource.</summary>
public interface IResourceAnnotation;
