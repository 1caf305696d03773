using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace EmbedStack.ClinicData.Loading;

/// <summary>
/// Brings schema clinic up to date. A script runs when its text is new to the database; each is written so that
/// it may run again. All in one transaction: half a schema is never visible.
/// </summary>
internal sealed class SchemaScripts(NpgsqlConnection owner, TextWriter log)
{
    private const string Bookkeeping = "00_bookkeeping.sql";

    public async Task ApplyAsync(CancellationToken cancellation)
    {
        await using var transaction = await owner.BeginTransactionAsync(cancellation);
        await owner.ExecuteAsync(Read(Bookkeeping), cancellation);
        await owner.ExecuteAsync("lock table clinic_load.scripts in exclusive mode", cancellation);

        foreach (var name in Names().Where(name => name != Bookkeeping))
        {
            var text = Read(name);
            var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
            if (await IsAppliedAsync(name, hash, cancellation))
            {
                continue;
            }

            await owner.ExecuteAsync(text, cancellation);
            await owner.ExecuteAsync(
                """
                insert into clinic_load.scripts (name, sha256) values ($1, $2)
                on conflict (name) do update set sha256 = excluded.sha256, applied_at = now()
                """,
                cancellation, name, hash);
            log.WriteLine($"schema: {name} applied");
        }

        await transaction.CommitAsync(cancellation);
    }

    private static IEnumerable<string> Names() =>
        typeof(SchemaScripts).Assembly.GetManifestResourceNames().Order(StringComparer.Ordinal);

    private async Task<bool> IsAppliedAsync(string name, string hash, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            "select exists (select from clinic_load.scripts where name = $1 and sha256 = $2)", owner)
        {
            Parameters = { new() { Value = name }, new() { Value = hash } },
        };
        return (bool)(await command.ExecuteScalarAsync(cancellation))!;
    }

    private static string Read(string name)
    {
        using var stream = typeof(SchemaScripts).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
