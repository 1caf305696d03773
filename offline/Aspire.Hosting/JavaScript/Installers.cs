namespace Aspire.Hosting.JavaScript;

/// <summary>Adds the resource that installs an application's packages.</summary>
internal static class Installers
{
    internal static void Add<T>(IResourceBuilder<T> app, bool install)
        where T : JavaScriptAppResource
    {
        var builder = app.ApplicationBuilder;
        var name = $"{app.Resource.Name}-installer";
        if (builder.TryCreateResourceBuilder<JavaScriptInstallerResource>(name, out var known))
        {
            if (!install)
            {
                LeaveToUser(app, known);
            }

            return;
        }

        var installer = new JavaScriptInstallerResource(name, app.Resource.WorkingDirectory);
        installer.Annotations.Add(NameValidationPolicyAnnotation.None);
        var added = builder.AddResource(installer).WithParentRelationship(app.Resource).ExcludeFromManifest();

        // The package manager may be chosen after this: the command is read when the application starts.
        builder.OnBeforeStart((_, _) =>
        {
            if (!app.Resource.TryGetLastAnnotation<JavaScriptPackageManagerAnnotation>(out var manager) || !app.Resource.TryGetLastAnnotation<JavaScriptInstallCommandAnnotation>(out var command))
            {
                throw new InvalidOperationException($"The resource '{app.Resource.Name}' has no package manager to install packages with.");
            }

            added.WithCommand(manager.ExecutableName).WithWorkingDirectory(app.Resource.WorkingDirectory).WithArgs(command.Args);
            return Task.CompletedTask;
        });
        if (install)
        {
            app.WaitForCompletion(added);
        }
        else
        {
            added.WithExplicitStart();
        }

        app.WithAnnotation(new JavaScriptPackageInstallerAnnotation(installer));
    }

    private static void LeaveToUser<T>(IResourceBuilder<T> app, IResourceBuilder<JavaScriptInstallerResource> installer)
        where T : JavaScriptAppResource
    {
        foreach (var wait in app.Resource.Annotations.OfType<WaitAnnotation>().Where(w => w.Resource == installer.Resource).ToArray())
        {
            app.Resource.Annotations.Remove(wait);
        }

        installer.WithExplicitStart();
    }
}
