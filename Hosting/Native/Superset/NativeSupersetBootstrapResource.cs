using Aspire.Hosting.Native;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>
/// A resource that represents a process of Superset's virtual environment that runs to completion.
/// </summary>
/// <param name="name">The name of the resource.</param>
public class NativeSupersetBootstrapResource(string name)
    : ExecutableResource(name, NativeScript.Shell, NativeScript.WorkingDirectory), ISupersetResource;
