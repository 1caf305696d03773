using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace EmbedStack.CustomerData;

/// <summary>Reads tenants.yaml and refuses what the loader cannot honour.</summary>
internal static partial class TenantFile
{
    public static IReadOnlyList<Tenant> Read(string path)
    {
        try
        {
            return Parse(File.ReadAllText(path));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new CustomerDataException($"cannot read {path}: {problem.Message}", problem);
        }
        catch (YamlException problem)
        {
            throw new CustomerDataException($"{path} line {problem.Start.Line}: {problem.Message}", problem);
        }
    }

    public static IReadOnlyList<Tenant> Parse(string yaml)
    {
        var tenants = new DeserializerBuilder()
            .WithNamingConvention(UnderscoredNamingConvention.Instance)
            .Build()
            .Deserialize<List<Tenant>?>(yaml) ?? [];

        foreach (var tenant in tenants)
        {
            Check(tenant, TenantKey.IsAllowed(tenant.Key), TenantKey.Rule);
            Check(tenant, tenant.Name.Length > 0, "name is missing");
            Check(tenant, tenant.Kind is "customer" or "network", "kind must be customer or network");
            Check(tenant, tenant.Isolation == (tenant.Kind == "network" ? "schema" : "shared"), "isolation must be shared, a network's schema");
            Check(tenant, tenant.Accent.Length == 0 || Accent().IsMatch(tenant.Accent), "accent must be a colour such as #0b5d66");
            Check(tenant, tenant.Kind == "customer" || tenants.Count(other => other.Kind == "network") == 1, "there is another network: an installation has one");
            Check(tenant, tenants.Count(other => other.Key == tenant.Key) == 1, "key is not unique");
        }

        return tenants.Exists(tenant => tenant.Kind == "customer")
            ? tenants
            : throw new CustomerDataException("tenants.yaml names no customer");
    }

    private static void Check(Tenant tenant, bool holds, string rule)
    {
        if (!holds)
        {
            throw new CustomerDataException($"tenants.yaml, tenant '{tenant.Key}': {rule}");
        }
    }

    [GeneratedRegex(@"\A#[0-9a-f]{6}\z")]
    private static partial Regex Accent();
}
