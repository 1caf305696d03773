namespace Aspire.Hosting.ApplicationModel;

/// <summary>A resource that takes command line arguments.</summary>
public interface IResourceWithArgs : IResource;

/// <summary>A resource that listens.</summary>
public interface IResourceWithEndpoints : IResource;

/// <summary>A resource that takes environment variables.</summary>
public interface IResourceWithEnvironment : IResource;

/// <summary>A resource that can wait for others before it starts.</summary>
public interface IResourceWithWaitSupport : IResource;

/// <summary>A resource without a state of its own, which nobody needs to wait for.</summary>
public interface IResourceWithoutLifetime : IResource;

/// <summary>A resource that computes: a process or a container.</summary>
public interface IComputeResource : IResource;

/// <summary>A resource that others' files can be published into.</summary>
public interface IContainerFilesDestinationResource : IResource;
