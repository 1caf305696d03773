using Microsoft.Extensions.Configuration;

namespace EmbedStack.AppHost.Runtime;

/// <summary>Hands configuration on to those who read it.</summary>
internal static class SectionExtensions
{
    /// <summary>
    /// Gives a process what stands in a section of the AppHost's own configuration, under the names that it reads. Nothing
    /// secret belongs there: secrets are parameters and files.
    /// </summary>
    /// <param name="resource">The process.</param>
    /// <param name="section">The section, e.g. <c>EmbedStack:Api</c>.</param>
    /// <param name="prefix">What the names begin with, e.g. <c>Audit__</c>.</param>
    /// <param name="except">What of it is the AppHost's own.</param>
    public static IResourceBuilder<T> WithSection<T>(this IResourceBuilder<T> resource, string section, string prefix = "", string? except = null)
        where T : IResourceWithEnvironment
    {
        foreach (var (name, value) in resource.ApplicationBuilder.Configuration.GetSection(section).AsEnumerable(makePathsRelative: true))
        {
            if (value is not null && name.Length > 0 && name != except)
            {
                resource.WithEnvironment(prefix + name.Replace(":", "__", StringComparison.Ordinal), value);
            }
        }

        return resource;
    }
}
