namespace Aspire.Hosting.Redis;

/// <summary>What a Redis connection string says.</summary>
internal sealed record RedisAddress(string Host, int Port, string? Password, bool Tls)
{
    internal static RedisAddress Parse(string connectionString)
    {
        var parts = connectionString.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var colon = parts[0].LastIndexOf(':');
        string? Option(string name) => parts.Skip(1)
            .LastOrDefault(part => part.StartsWith($"{name}=", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..];

        return new RedisAddress(
            parts[0][..colon],
            int.Parse(parts[0][(colon + 1)..], CultureInfo.InvariantCulture),
            Option("password"),
            string.Equals(Option("ssl"), "true", StringComparison.OrdinalIgnoreCase));
    }
}
