using Aspire.Hosting.Otlp;

namespace Aspire.Hosting;

/// <summary>Lets resources send telemetry to the dashboard.</summary>
public static class OtlpConfigurationExtensions
{
    /// <summary>Sets the <c>OTEL_*</c> environment.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="configuration">The AppHost's configuration.</param>
    /// <param name="environment">Where the AppHost runs.</param>
    public static void AddOtlpEnvironment(IResource resource, IConfiguration configuration, IHostEnvironment environment)
        => Add(resource, new OtlpExporterAnnotation(), configuration, environment);

    /// <summary>Sets the <c>OTEL_*</c> environment.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="configuration">The AppHost's configuration.</param>
    /// <param name="environment">Where the AppHost runs.</param>
    /// <param name="protocol">The only protocol it speaks.</param>
    public static void AddOtlpEnvironment(IResource resource, IConfiguration configuration, IHostEnvironment environment, OtlpProtocol protocol)
        => Add(resource, new OtlpExporterAnnotation { RequiredProtocol = protocol }, configuration, environment);

    /// <summary>Lets the resource send telemetry to the dashboard.</summary>
    /// <param name="builder">The resource.</param>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> WithOtlpExporter<T>(this IResourceBuilder<T> builder)
        where T : IResourceWithEnvironment
    {
        AddOtlpEnvironment(builder.Resource, builder.ApplicationBuilder.Configuration, builder.ApplicationBuilder.Environment);
        return builder;
    }

    /// <summary>Lets the resource send telemetry to the dashboard.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="protocol">The only protocol it speaks.</param>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<T> WithOtlpExporter<T>(this IResourceBuilder<T> builder, OtlpProtocol protocol)
        where T : IResourceWithEnvironment
    {
        AddOtlpEnvironment(builder.Resource, builder.ApplicationBuilder.Configuration, builder.ApplicationBuilder.Environment, protocol);
        return builder;
    }

    private static void Add(IResource resource, OtlpExporterAnnotation annotation, IConfiguration configuration, IHostEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(resource);
        resource.Annotations.Add(annotation);
        resource.Annotations.Add(new EnvironmentCallbackAnnotation(context => OtlpEnvironment.Set(context, configuration, environment)));
    }
}
