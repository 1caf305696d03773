using System.Runtime.CompilerServices;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    /// <summary>Adds a command, or replaces the one of this name.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="name">Its name.</param>
    /// <param name="displayName">The name shown.</param>
    /// <param name="executeCommand">What it does, in the AppHost.</param>
    /// <param name="commandOptions">How it is shown.</param>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <returns>The resource.</returns>
    [OverloadResolutionPriority(1)]
    public static IResourceBuilder<T> WithCommand<T>(this IResourceBuilder<T> builder, string name, string displayName, Func<ExecuteCommandContext, Task<ExecuteCommandResult>> executeCommand, CommandOptions? commandOptions = null)
        where T : IResource
    {
        var options = commandOptions ?? new CommandOptions();
        if (builder.Resource.Annotations.OfType<ResourceCommandAnnotation>().SingleOrDefault(c => c.Name == name) is { } old)
        {
            builder.Resource.Annotations.Remove(old);
        }

        return builder.WithAnnotation(new ResourceCommandAnnotation(
            name,
            displayName,
            options.UpdateState ?? (_ => ResourceCommandState.Enabled),
            executeCommand,
            options.Description,
            null,
            options.ConfirmationMessage,
            options.IconName,
            options.IconVariant,
            options.IsHighlighted)
        {
            Visibility = options.Visibility,
        });
    }
}
