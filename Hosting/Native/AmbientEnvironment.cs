using System.Collections;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Native;

/// <summary>Keeps what the caller's environment says away from a native resource.</summary>
internal static class AmbientEnvironment
{
    /// <summary>
    /// Blanks the caller's variables whose names begin with one of <paramref name="prefixes"/>; the scripts unset what is blank.
    /// It must come before what the model sets, which then stays.
    /// </summary>
    public static IResourceBuilder<T> WithoutAmbient<T>(this IResourceBuilder<T> builder, params string[] prefixes)
        where T : ExecutableResource =>
        builder.WithEnvironment(context =>
        {
            var names = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(variable => (string)variable.Key);
            foreach (var name in names.Where(name => prefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal))))
            {
                context.EnvironmentVariables.TryAdd(name, "");
            }
        });
}
