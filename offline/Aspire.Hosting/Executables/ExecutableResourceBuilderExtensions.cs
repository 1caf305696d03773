namespace Aspire.Hosting;

/// <summary>Adds processes.</summary>
public static class ExecutableResourceBuilderExtensions
{
    /// <summary>Adds a process.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="command">The program: a path, or a name on PATH.</param>
    /// <param name="workingDirectory">Its working directory, from the AppHost's.</param>
    /// <param name="args">Its arguments.</param>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<ExecutableResource> AddExecutable(this IDistributedApplicationBuilder builder, [ResourceName] string name, string command, string workingDirectory, params string[]? args)
        => builder.AddExecutable(name, command, workingDirectory, (object[]?)args);

    /// <summary>Adds a process.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="command">The program: a path, or a name on PATH.</param>
    /// <param name="workingDirectory">Its working directory, from the AppHost's.</param>
    /// <param name="args">Its arguments: texts or values that are resolved when it starts.</param>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<ExecutableResource> AddExecutable(this IDistributedApplicationBuilder builder, [ResourceName] string name, string command, string workingDirectory, params object[]? args)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(command);
        ArgumentNullException.ThrowIfNull(workingDirectory);
        var directory = Path.GetFullPath(workingDirectory, builder.AppHostDirectory);
        return builder.AddResource(new ExecutableResource(name, command, directory)).WithArgs(args ?? []);
    }

    /// <summary>Changes the program.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="command">The program.</param>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> WithCommand<T>(this IResourceBuilder<T> builder, string command)
        where T : ExecutableResource
    {
        ArgumentException.ThrowIfNullOrEmpty(command);
        builder.Resource.Annotation.Command = command;
        return builder;
    }

    /// <summary>Changes the working directory.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="workingDirectory">The directory, from the AppHost's.</param>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> WithWorkingDirectory<T>(this IResourceBuilder<T> builder, string workingDirectory)
        where T : ExecutableResource
    {
        ArgumentNullException.ThrowIfNull(workingDirectory);
        builder.Resource.Annotation.WorkingDirectory = Path.GetFullPath(workingDirectory, builder.ApplicationBuilder.AppHostDirectory);
        return builder;
    }
}

/// <summary>Reads processes.</summary>
public static class ExecutableResourceExtensions
{
    /// <summary>The processes of an application.</summary>
    /// <param name="model">The application.</param>
    /// <returns>The resources.</returns>
    public static IEnumerable<ExecutableResource> GetExecutableResources(this DistributedApplicationModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model.Resources.OfType<ExecutableResource>();
    }
}
