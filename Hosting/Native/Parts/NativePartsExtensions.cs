using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Native;
using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting;

/// <summary>
/// Provides extension methods that find what native resources need and the machine lacks.
/// </summary>
public static class NativePartsExtensions
{
    /// <summary>
    /// Sets the command that is named as the next step where a part of the resource is missing.
    /// </summary>
    /// <typeparam name="T">The type of the resource.</typeparam>
    /// <param name="builder">The resource builder.</param>
    /// <param name="command">The command, as a person would type it.</param>
    /// <returns>The <see cref="IResourceBuilder{T}"/>.</returns>
    public static IResourceBuilder<T> WithSetupCommand<T>(this IResourceBuilder<T> builder, string command)
        where T : ExecutableResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(command);

        return builder.WithAnnotation(new SetupCommandAnnotation(command), ResourceAnnotationMutationBehavior.Replace);
    }

    /// <summary>
    /// Finds what the native resources of the model need and the machine lacks.
    /// </summary>
    /// <param name="builder">The <see cref="IDistributedApplicationBuilder"/>.</param>
    /// <returns>The missing parts; none where everything is there.</returns>
    /// <remarks>
    /// The application does the same before it starts, and throws a <see cref="DistributedApplicationException"/> whose message
    /// has a line for each.
    /// </remarks>
    public static IReadOnlyList<MissingPart> FindMissingParts(this IDistributedApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);

        return [.. builder.Resources.SelectMany(FindMissingParts)];
    }

    internal static IResourceBuilder<T> WithRequiredPart<T>(this IResourceBuilder<T> builder, string part, Func<string?> problem)
        where T : ExecutableResource
    {
        CheckBeforeStart(builder.ApplicationBuilder);
        return builder.WithAnnotation(new RequiredPartAnnotation(part, problem));
    }

    private static IEnumerable<MissingPart> FindMissingParts(IResource resource)
    {
        var command = resource.Annotations.OfType<SetupCommandAnnotation>().LastOrDefault()?.Command;

        return from required in resource.Annotations.OfType<RequiredPartAnnotation>()
               let problem = required.Problem()
               where problem is not null
               select new MissingPart(resource.Name, required.Part, problem, command);
    }

    private static void CheckBeforeStart(IDistributedApplicationBuilder builder)
    {
        if (!builder.ExecutionContext.IsRunMode || builder.Services.Any(service => service.ServiceType == typeof(CheckedBeforeStart)))
        {
            return;
        }

        builder.Services.AddSingleton<CheckedBeforeStart>();
        builder.Eventing.Subscribe<BeforeStartEvent>((@event, _) =>
        {
            var missing = @event.Model.Resources.SelectMany(FindMissingParts).ToList();
            return missing.Count == 0
                ? Task.CompletedTask
                : throw new DistributedApplicationException(string.Join(Environment.NewLine, missing));
        });
    }

    private sealed class CheckedBeforeStart;
}
