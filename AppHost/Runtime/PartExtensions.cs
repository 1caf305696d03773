using System.Reflection;

namespace EmbedStack.AppHost.Runtime;

/// <summary>Checks that everything is set up before anything starts.</summary>
internal static class PartExtensions
{
    /// <summary>
    /// Names what is missing and the command that sets it up, and ends: F5 on a machine where <c>./embedstack</c> never ran.
    /// </summary>
    public static IDistributedApplicationBuilder RequireParts(this IDistributedApplicationBuilder builder)
    {
        // A test may look at the model of a stack that it never starts.
        if (Assembly.GetEntryAssembly() == typeof(PartExtensions).Assembly && builder.MissingParts().FirstOrDefault() is { } missing)
        {
            throw StartRefusal.Because(missing.ToString());
        }

        return builder;
    }

    private static IEnumerable<MissingPart> MissingParts(this IDistributedApplicationBuilder builder) =>
        builder.FindMissingParts().Concat(MissingPackages(builder)).Concat(MissingBuild(builder));

    private static IEnumerable<MissingPart> MissingBuild(IDistributedApplicationBuilder builder)
    {
        var page = Path.Combine(builder.BuiltWeb(), "index.html");
        if (builder.Configuration["EmbedStack:Web"] == "built" && !File.Exists(page))
        {
            yield return new MissingPart("the built app", "its page", $"{page} is missing", "npm run build in Web");
        }
    }

    private static IEnumerable<MissingPart> MissingPackages(IDistributedApplicationBuilder builder)
    {
        foreach (var app in builder.Resources.OfType<Aspire.Hosting.JavaScript.JavaScriptAppResource>())
        {
            var packages = Path.Combine(app.WorkingDirectory, "node_modules");
            if (!Directory.Exists(packages))
            {
                yield return new MissingPart(app.Name, "npm packages", $"{packages} is missing", "./embedstack up, or npm ci in that folder's parent");
            }
        }
    }
}
