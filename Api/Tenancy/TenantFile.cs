using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace EmbedStack.Api.Tenancy;

/// <summary>The file that names the tenants a new installation starts with.</summary>
internal static class TenantFile
{
    public static IReadOnlyList<Tenant> Read(string path)
    {
        using var reader = File.OpenText(path);
        var entries = new DeserializerBuilder().WithNamingConvention(UnderscoredNamingConvention.Instance).Build()
            .Deserialize<List<Entry>>(reader) ?? [];
        return [.. entries.Select(entry => new Tenant(
            entry.Key, entry.Name,
            Enum.Parse<TenantKind>(entry.Kind, ignoreCase: true),
            Enum.Parse<TenantIsolation>(entry.Isolation, ignoreCase: true)))];
    }

    private sealed class Entry
    {
        public string Key { get; set; } = "";

        public string Name { get; set; } = "";

        public string Kind { get; set; } = nameof(TenantKind.Clinic);

        public string Isolation { get; set; } = nameof(TenantIsolation.Shared);
    }
}
