using Aspire.Hosting.JavaScript;

namespace Aspire.Hosting;

/// <summary>Adds JavaScript applications.</summary>
public static partial class JavaScriptHostingExtensions
{
    /// <summary>Adds an application that a script of its <c>package.json</c> runs.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="appDirectory">Its directory, from the AppHost's.</param>
    /// <param name="runScriptName">The script.</param>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<JavaScriptAppResource> AddJavaScriptApp(this IDistributedApplicationBuilder builder, [ResourceName] string name, string appDirectory, string runScriptName = "dev")
        => Add(builder, new JavaScriptAppResource(name, "npm", Path.GetFullPath(appDirectory, builder.AppHostDirectory)), runScriptName, null);

    /// <summary>Adds a Vite application, with an endpoint <c>http</c>.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="appDirectory">Its directory, from the AppHost's.</param>
    /// <param name="runScriptName">The script that starts Vite.</param>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<ViteAppResource> AddViteApp(this IDistributedApplicationBuilder builder, [ResourceName] string name, string appDirectory, string runScriptName = "dev")
    {
        var vite = new ViteAppResource(name, "npm", Path.GetFullPath(appDirectory, builder.AppHostDirectory));
        return Add(builder, vite, runScriptName, context => AddViteArgs(vite, context.Args))
            .WithHttpEndpoint(env: "PORT")
            .WithoutHttpsCertificate();
    }

    /// <summary>Adds a script that Node.js runs.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="appDirectory">Its directory, from the AppHost's.</param>
    /// <param name="scriptPath">The script, from that directory.</param>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<NodeAppResource> AddNodeApp(this IDistributedApplicationBuilder builder, [ResourceName] string name, string appDirectory, string scriptPath)
    {
        ArgumentException.ThrowIfNullOrEmpty(scriptPath);
        var directory = Path.GetFullPath(appDirectory, builder.AppHostDirectory);
        var node = WithDefaults(builder.AddResource(new NodeAppResource(name, "node", directory)))
            .WithArgs(context =>
            {
                if (context.Resource.HasAnnotationOfType<JavaScriptRunScriptAnnotation>() && context.Resource.HasAnnotationOfType<JavaScriptPackageManagerAnnotation>())
                {
                    AddScriptArgs(context);
                }
                else
                {
                    context.Args.Add(scriptPath);
                }
            });
        return File.Exists(Path.Combine(directory, "package.json")) ? node.WithNpm() : node;
    }

    /// <summary>Chooses Vite's configuration file.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="configPath">The file, from the application's directory.</param>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<ViteAppResource> WithViteConfig(this IResourceBuilder<ViteAppResource> builder, string configPath)
    {
        ArgumentException.ThrowIfNullOrEmpty(configPath);
        builder.Resource.ConfigPath = configPath;
        return builder;
    }

    /// <summary>Uses npm.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="install">Whether packages are installed before each start; else the installer waits for somebody to start it.</param>
    /// <param name="installCommand">npm's command; by default <c>install</c>.</param>
    /// <param name="installArgs">Its arguments.</param>
    /// <typeparam name="TResource">The resource's type.</typeparam>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<TResource> WithNpm<TResource>(this IResourceBuilder<TResource> resource, bool install = true, string? installCommand = null, string[]? installArgs = null)
        where TResource : JavaScriptAppResource
    {
        resource.WithAnnotation(new JavaScriptPackageManagerAnnotation("npm", "run", "/root/.npm"));
        resource.WithAnnotation(new JavaScriptInstallCommandAnnotation([installCommand ?? "install", .. installArgs ?? []]) { ProductionInstallArgs = "--omit=dev" });
        Installers.Add(resource, install);
        return resource;
    }

    /// <summary>Chooses the script that runs the application.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="scriptName">The script's name in <c>package.json</c>.</param>
    /// <param name="args">Its arguments.</param>
    /// <typeparam name="TResource">The resource's type.</typeparam>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<TResource> WithRunScript<TResource>(this IResourceBuilder<TResource> resource, string scriptName, string[]? args = null)
        where TResource : JavaScriptAppResource => resource.WithAnnotation(new JavaScriptRunScriptAnnotation(scriptName, args));

    /// <summary>Chooses the script that builds the application.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="scriptName">The script's name in <c>package.json</c>.</param>
    /// <param name="args">Its arguments.</param>
    /// <typeparam name="TResource">The resource's type.</typeparam>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<TResource> WithBuildScript<TResource>(this IResourceBuilder<TResource> resource, string scriptName, string[]? args = null)
        where TResource : JavaScriptAppResource => resource.WithAnnotation(new JavaScriptBuildScriptAnnotation(scriptName, args));

    private static IResourceBuilder<T> Add<T>(IDistributedApplicationBuilder builder, T resource, string runScriptName, Action<CommandLineArgsCallbackContext>? more)
        where T : JavaScriptAppResource
    {
        var added = WithDefaults(builder.AddResource(resource)).WithArgs(context =>
        {
            AddScriptArgs(context);
            more?.Invoke(context);
        });
        added.WithNpm().WithBuildScript("build").WithRunScript(runScriptName);
        builder.OnBeforeStart((_, _) =>
        {
            if (resource.TryGetLastAnnotation<JavaScriptPackageManagerAnnotation>(out var manager))
            {
                added.WithCommand(manager.ExecutableName);
            }

            return Task.CompletedTask;
        });
        return added;
    }

    private static IResourceBuilder<T> WithDefaults<T>(IResourceBuilder<T> builder)
        where T : JavaScriptAppResource => builder
            .WithOtlpExporter()
            .WithEnvironment("NODE_ENV", builder.ApplicationBuilder.Environment.IsDevelopment() ? "development" : "production")
            .WithIconName("CodeJsRectangle");

    private static void AddScriptArgs(CommandLineArgsCallbackContext context)
    {
        if (!context.Resource.TryGetLastAnnotation<JavaScriptRunScriptAnnotation>(out var script))
        {
            return;
        }

        if (context.Resource.TryGetLastAnnotation<JavaScriptPackageManagerAnnotation>(out var manager) && !string.IsNullOrEmpty(manager.ScriptCommand))
        {
            context.Args.Add(manager.ScriptCommand);
        }

        context.Args.Add(script.ScriptName);
        foreach (var arg in script.Args)
        {
            context.Args.Add(arg);
        }
    }

    private static void AddViteArgs(ViteAppResource vite, IList<object> args)
    {
        if (vite.TryGetLastAnnotation<JavaScriptPackageManagerAnnotation>(out var manager) && manager.CommandSeparator is { } separator)
        {
            args.Add(separator);
        }

        var https = vite.GetEndpoint("https");
        args.Add("--port");
        args.Add((https.Exists ? https : vite.GetEndpoint("http")).Property(EndpointProperty.TargetPort));
        if (!string.IsNullOrEmpty(vite.ConfigPath))
        {
            args.Add("--config");
            args.Add(vite.ConfigPath);
        }
    }
}
