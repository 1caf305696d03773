using EmbedStack.Api.Persistence;
using Microsoft.Extensions.Caching.Memory;
using Npgsql;

namespace EmbedStack.Api.Revocations;

/// <summary>Remembers which tenant each person was last seen in, so that administrators can refuse their own colleagues.</summary>
internal sealed class PersonRegister(NpgsqlDataSource database) : IDisposable
{
    private const string Upsert = """
        insert into api.persons (subject, tenant) values ($1, $2)
        on conflict (subject) do update set tenant = excluded.tenant, seen_at = now()
        """;

    // Another instance may see the person elsewhere meanwhile: what this one remembers is soon written again.
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(1);
    private readonly MemoryCache _seen = new(new MemoryCacheOptions { SizeLimit = 10_000 });

    public async ValueTask SeeAsync(string subject, string tenant, CancellationToken cancellationToken)
    {
        if (_seen.TryGetValue(subject, out string? last) && last == tenant)
        {
            return;
        }

        await database.ExecuteAsync(Upsert, [subject, tenant], cancellationToken);
        _seen.Set(subject, tenant, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Remembered });
    }

    /// <summary>Has the person registered anew when they come by again.</summary>
    public void Forget(string subject) => _seen.Remove(subject);

    public void Dispose() => _seen.Dispose();
}
