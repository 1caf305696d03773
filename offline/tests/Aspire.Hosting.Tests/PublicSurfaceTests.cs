using System.Runtime.Loader;

namespace EmbedStack.Offline.Tests;

/// <summary>
/// The stand-in offers nothing that Aspire does not. Run by hand, with ASPIRE_REFERENCE_ASSEMBLIES naming a folder of
/// Aspire's assemblies (the packages' own, or compiled from its <c>api/*.cs</c> listings):
/// <c>dotnet test -- xUnit.Explicit=only</c>.
/// </summary>
public sealed class PublicSurfaceTests
{
    // Aspire 13.5's source has these; the listings of that version were made from 13.4.
    private static readonly string[] _newerThanTheListings =
    [
        "Aspire.Hosting.DistributedApplicationExecutionContext: System.IServiceProvider get_Services()",
        "Aspire.Hosting.DistributedApplicationExecutionContext: property System.IServiceProvider Services",
        "Aspire.Hosting.DistributedApplicationExecutionContextOptions: System.IServiceProvider get_Services()",
        "Aspire.Hosting.DistributedApplicationExecutionContextOptions: System.Void set_Services(System.IServiceProvider value)",
        "Aspire.Hosting.DistributedApplicationExecutionContextOptions: property System.IServiceProvider Services",
    ];

    [Fact(Explicit = true)]
    [Trait("Category", "ByHand")]
    public void EveryPublicMemberExistsInAspire()
    {
        var folder = Environment.GetEnvironmentVariable("ASPIRE_REFERENCE_ASSEMBLIES")
            ?? throw new InvalidOperationException("ASPIRE_REFERENCE_ASSEMBLIES names no folder.");
        var context = new AssemblyLoadContext("Aspire");
        context.Resolving += (_, name) => Path.Combine(folder, $"{name.Name}.dll") is var path && File.Exists(path) ? context.LoadFromAssemblyPath(path) : null;
        var aspire = Directory.GetFiles(folder, "Aspire.Hosting*.dll")
            .SelectMany(file => PublicSurface.Of(context.LoadFromAssemblyPath(file)))
            .Concat(_newerThanTheListings)
            .ToHashSet(StringComparer.Ordinal);

        // A warning more than Aspire gives does no harm; one less would be seen where the packages are used, too late.
        var more = PublicSurface.Of(typeof(DistributedApplication).Assembly)
            .Concat(PublicSurface.Of(typeof(DistributedApplicationTestingBuilder).Assembly))
            .Where(member => !aspire.Contains(member) && !aspire.Contains(member.Replace(PublicSurface.Obsolete, "", StringComparison.Ordinal)))
            .Order(StringComparer.Ordinal)
            .ToArray();

        Assert.True(more.Length == 0, $"Aspire does not have:{Environment.NewLine}{string.Join(Environment.NewLine, more)}");
    }
}
