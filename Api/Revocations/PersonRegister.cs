using EmbedStack.Api.Persistence;
using EmbedStack.Api.Tenancy;
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

    private readonly MemoryCache _seen = new(new MemoryCacheOptions { SizeLimit = 10_000 });

    public async ValueTask SeeAsync(Person person, CancellationToken cancellationToken)
    {
        if (_seen.TryGetValue(person.Subject, out string? tenant) && tenant == person.Tenant.Key)
        {
            return;
        }

        await database.ExecuteAsync(Upsert, [person.Subject, person.Tenant.Key], cancellationToken);
        _seen.Set(person.Subject, person.Tenant.Key, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = TimeSpan.FromHours(1) });
    }

    public void Dispose() => _seen.Dispose();
}
