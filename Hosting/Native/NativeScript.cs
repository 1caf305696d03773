using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Native;

/// <summary>The scripts beside this assembly that run a service in the foreground.</summary>
internal static class NativeScript
{
    public const string Shell = "bash";

    /// <summary>Every user may stand here, also one that a script changes to.</summary>
    public const string WorkingDirectory = "/";

    public static string PathOf(string script) => Path.Combine(AppContext.BaseDirectory, "native", script);

    /// <summary>What all native resources have in common: a script to run, and no place in a manifest.</summary>
    public static IResourceBuilder<T> WithScript<T>(this IResourceBuilder<T> builder, string script, Action<IList<object>> arguments)
        where T : ExecutableResource =>
        builder
            .ExcludeFromManifest()
            .WithRequiredPart(Shell, () => OperatingSystem.IsLinux() ? SearchPath.Problem(Shell) : "native services run on Linux only")
            .WithArgs(context =>
            {
                context.Args.Add(PathOf(script));
                arguments(context.Args);
            });
}
