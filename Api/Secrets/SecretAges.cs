namespace EmbedStack.Api.Secrets;

/// <summary>How old the secrets are, by the dates of their files; what stands in them is nobody's business here.</summary>
internal sealed class SecretAges(IConfiguration configuration, TimeProvider time)
{
    private readonly Dictionary<string, string> _files = configuration.GetSection("Secrets:Files").GetChildren()
        .Where(file => file.Value is { Length: > 0 })
        .ToDictionary(file => file.Key, file => file.Value!, StringComparer.Ordinal);

    /// <summary>What is older should have been rotated.</summary>
    public TimeSpan Limit { get; } = configuration.GetValue("Secrets:MaximumAge", TimeSpan.FromDays(90));

    public IEnumerable<SecretAge> Overdue => Read().Where(secret => secret.Age > Limit);

    /// <summary>Those whose files are there.</summary>
    public IEnumerable<SecretAge> Read()
    {
        var now = time.GetUtcNow();
        foreach (var (name, path) in _files)
        {
            var file = new FileInfo(path);
            if (file.Exists)
            {
                var since = new DateTimeOffset(file.LastWriteTimeUtc, TimeSpan.Zero);
                yield return new SecretAge(name, since, now > since ? now - since : TimeSpan.Zero);
            }
        }
    }
}
