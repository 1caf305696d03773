namespace Aspire.Hosting.JavaScript;

/// <summary>A JavaScript application.</summary>
public class JavaScriptAppResource : ExecutableResource, IResourceWithServiceDiscovery, IResourceWithContainerFiles
{
    /// <summary>Makes the resource.</summary>
    /// <param name="name">The resource's name.</param>
    /// <param name="command">The program.</param>
    /// <param name="workingDirectory">Its working directory.</param>
    public JavaScriptAppResource(string name, string command, string workingDirectory)
        : base(name, command, workingDirectory)
    {
    }
}

/// <summary>A script that Node.js runs.</summary>
public class NodeAppResource : JavaScriptAppResource, IContainerFilesDestinationResource
{
    /// <summary>Makes the resource.</summary>
    /// <param name="name">The resource's name.</param>
    /// <param name="command">The program.</param>
    /// <param name="workingDirectory">Its working directory.</param>
    public NodeAppResource(string name, string command, string workingDirectory)
        : base(name, command, workingDirectory)
    {
    }
}

/// <summary>A Vite application.</summary>
public class ViteAppResource : JavaScriptAppResource
{
    /// <summary>Makes the resource.</summary>
    /// <param name="name">The resource's name.</param>
    /// <param name="command">The program.</param>
    /// <param name="workingDirectory">Its working directory.</param>
    public ViteAppResource(string name, string command, string workingDirectory)
        : base(name, command, workingDirectory)
    {
    }

    internal string? ConfigPath { get; set; }
}

/// <summary>Installs an application's packages.</summary>
public class JavaScriptInstallerResource : ExecutableResource
{
    /// <summary>Makes the resource.</summary>
    /// <param name="name">The resource's name.</param>
    /// <param name="workingDirectory">The application's directory.</param>
    public JavaScriptInstallerResource(string name, string workingDirectory)
        : base(name, "node", workingDirectory)
    {
    }
}
