using System.IO.Compression;

namespace Aspire.Hosting.Native.Keycloak;

/// <summary>Looks at an unpacked Keycloak distribution.</summary>
internal static class KeycloakDistribution
{
    public static string? Problem(string distribution)
    {
        if (!File.Exists(Path.Combine(distribution, "bin", "kc.sh")))
        {
            return $"there is no distribution in {distribution}";
        }

        return IsBuilt(distribution) ? null : $"the distribution in {distribution} has not been built (kc.sh build)";
    }

    // What "kc.sh build" decided stands in a file of this archive.
    private static bool IsBuilt(string distribution)
    {
        var archive = Path.Combine(distribution, "lib", "quarkus", "generated-bytecode.jar");
        if (!File.Exists(archive))
        {
            return false;
        }

        try
        {
            using var jar = ZipFile.OpenRead(archive);
            if (jar.GetEntry("META-INF/keycloak-persisted.properties") is not { } entry)
            {
                return false;
            }

            using var properties = new StreamReader(entry.Open());
            return properties.ReadToEnd().Contains("kc.optimized=true", StringComparison.Ordinal);
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }
}
