namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    /// <summary>Adds command line arguments.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="args">The arguments.</param>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> WithArgs<T>(this IResourceBuilder<T> builder, params string[] args)
        where T : IResourceWithArgs => builder.WithArgs(context => AddAll(context.Args, args));

    /// <summary>Adds command line arguments that are resolved when the resource starts.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="args">The arguments.</param>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> WithArgs<T>(this IResourceBuilder<T> builder, params object[] args)
        where T : IResourceWithArgs
    {
        References.Link(builder, args);
        return builder.WithArgs(context => AddAll(context.Args, args));
    }

    /// <summary>Adds command line arguments when the resource starts.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="callback">Adds them.</param>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> WithArgs<T>(this IResourceBuilder<T> builder, Action<CommandLineArgsCallbackContext> callback)
        where T : IResourceWithArgs
    {
        ArgumentNullException.ThrowIfNull(callback);
        return builder.WithArgs(context =>
        {
            callback(context);
            return Task.CompletedTask;
        });
    }

    /// <summary>Adds command line arguments when the resource starts.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="callback">Adds them.</param>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> WithArgs<T>(this IResourceBuilder<T> builder, Func<CommandLineArgsCallbackContext, Task> callback)
        where T : IResourceWithArgs => builder.WithAnnotation(new CommandLineArgsCallbackAnnotation(callback));

    private static void AddAll(IList<object> list, IEnumerable<object> items)
    {
        foreach (var item in items)
        {
            list.Add(item);
        }
    }
}
