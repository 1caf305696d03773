namespace Aspire.Hosting;

/// <summary>Names volumes.</summary>
public static class VolumeNameGenerator
{
    /// <summary>A name that this AppHost's resource gets each time, and no other.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="suffix">What the volume is for.</param>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <returns>The name.</returns>
    public static string Generate<T>(IResourceBuilder<T> builder, string suffix)
        where T : IResource
    {
        ArgumentException.ThrowIfNullOrEmpty(suffix);
        if (!suffix.Select(Allowed).All(allowed => allowed))
        {
            throw new ArgumentException($"The suffix '{suffix}' contains invalid characters. It must match [a-zA-Z0-9][a-zA-Z0-9_.-]*.", nameof(suffix));
        }

        var application = builder.ApplicationBuilder;
        var name = string.Concat(application.Environment.ApplicationName.Select((c, i) => Allowed(c, i) ? c : '_')).ToLowerInvariant();
        return $"{name}-{application.Configuration["AppHost:Sha256"]![..10].ToLowerInvariant()}-{builder.Resource.Name}-{suffix}";
    }

    private static bool Allowed(char c, int index) => char.IsAsciiLetterOrDigit(c) || (index > 0 && c is '_' or '.' or '-');
}
