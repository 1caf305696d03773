namespace Aspire.Hosting.JavaScript;

/// <summary>The script that runs the application.</summary>
public sealed class JavaScriptRunScriptAnnotation : IResourceAnnotation
{
    /// <summary>Makes the annotation.</summary>
    /// <param name="scriptName">The script's name in <c>package.json</c>.</param>
    /// <param name="args">Its arguments.</param>
    public JavaScriptRunScriptAnnotation(string scriptName, string[]? args) => (ScriptName, Args) = (scriptName, args ?? []);

    /// <summary>The script's name in <c>package.json</c>.</summary>
    public string ScriptName { get; }

    /// <summary>Its arguments.</summary>
    public string[] Args { get; }
}

/// <summary>The script that builds the application.</summary>
public sealed class JavaScriptBuildScriptAnnotation : IResourceAnnotation
{
    /// <summary>Makes the annotation.</summary>
    /// <param name="scriptName">The script's name in <c>package.json</c>.</param>
    /// <param name="args">Its arguments.</param>
    public JavaScriptBuildScriptAnnotation(string scriptName, string[]? args) => (ScriptName, Args) = (scriptName, args ?? []);

    /// <summary>The script's name in <c>package.json</c>.</summary>
    public string ScriptName { get; }

    /// <summary>Its arguments.</summary>
    public string[] Args { get; }
}

/// <summary>How packages are installed.</summary>
public sealed class JavaScriptInstallCommandAnnotation : IResourceAnnotation
{
    /// <summary>Makes the annotation.</summary>
    /// <param name="args">The package manager's arguments.</param>
    public JavaScriptInstallCommandAnnotation(string[] args) => Args = args;

    /// <summary>The package manager's arguments.</summary>
    public string[] Args { get; }

    /// <summary>What leaves development packages out.</summary>
    public string? ProductionInstallArgs { get; init; }
}

/// <summary>The resource that installs packages.</summary>
public sealed class JavaScriptPackageInstallerAnnotation : IResourceAnnotation
{
    /// <summary>Makes the annotation.</summary>
    /// <param name="installerResource">The resource.</param>
    public JavaScriptPackageInstallerAnnotation(ExecutableResource installerResource) => Resource = installerResource;

    /// <summary>The resource.</summary>
    public ExecutableResource Resource { get; }
}

/// <summary>The package manager.</summary>
public sealed class JavaScriptPackageManagerAnnotation : IResourceAnnotation
{
    /// <summary>Makes the annotation.</summary>
    /// <param name="executableName">Its program.</param>
    /// <param name="runScriptCommand">Its command that runs a script.</param>
    /// <param name="cacheMount">Its cache in containers.</param>
    public JavaScriptPackageManagerAnnotation(string executableName, string? runScriptCommand, string? cacheMount = null)
        => (ExecutableName, ScriptCommand, CacheMount) = (executableName, runScriptCommand, cacheMount);

    /// <summary>Its program.</summary>
    public string ExecutableName { get; }

    /// <summary>Its command that runs a script.</summary>
    public string? ScriptCommand { get; }

    /// <summary>Its cache in containers.</summary>
    public string? CacheMount { get; }

    /// <summary>What stands between its arguments and the script's.</summary>
    public string? CommandSeparator { get; init; } = "--";
}
