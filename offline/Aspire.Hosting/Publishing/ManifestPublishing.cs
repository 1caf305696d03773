using System.Text.Json;

namespace Aspire.Hosting.Publishing
{
    /// <summary>A manifest being written. This engine runs applications only.</summary>
    public sealed class ManifestPublishingContext
    {
        /// <summary>Makes the context.</summary>
        /// <param name="executionContext">The operation under way.</param>
        /// <param name="manifestPath">The manifest.</param>
        /// <param name="writer">Writes it.</param>
        /// <param name="cancellationToken">Ends it.</param>
        public ManifestPublishingContext(DistributedApplicationExecutionContext executionContext, string manifestPath, Utf8JsonWriter writer, CancellationToken cancellationToken = default)
            => (ExecutionContext, ManifestPath, Writer, CancellationToken) = (executionContext, manifestPath, writer, cancellationToken);

        /// <summary>The operation under way.</summary>
        public DistributedApplicationExecutionContext ExecutionContext { get; }

        /// <summary>The manifest.</summary>
        public string ManifestPath { get; }

        /// <summary>Writes it.</summary>
        public Utf8JsonWriter Writer { get; }

        /// <summary>Ends it.</summary>
        public CancellationToken CancellationToken { get; }
    }
}

namespace Aspire.Hosting.ApplicationModel
{
    /// <summary>How the resource is written into a manifest.</summary>
    public class ManifestPublishingCallbackAnnotation : IResourceAnnotation
    {
        /// <summary>Makes the annotation.</summary>
        /// <param name="callback">Writes the resource; null leaves it out.</param>
        public ManifestPublishingCallbackAnnotation(Func<Publishing.ManifestPublishingContext, Task>? callback) => Callback = callback;

        /// <summary>Leaves the resource out.</summary>
        public static ManifestPublishingCallbackAnnotation Ignore { get; } = new(null);

        /// <summary>Writes the resource.</summary>
        public Func<Publishing.ManifestPublishingContext, Task>? Callback { get; }
    }
}
