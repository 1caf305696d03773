namespace Aspire.Hosting;

/// <summary>A resource whose endpoints others find by service discovery.</summary>
public interface IResourceWithServiceDiscovery : IResourceWithEndpoints;

/// <summary>A resource whose files can be published into another.</summary>
public interface IResourceWithContainerFiles : IResource;
