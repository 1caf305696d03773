using System.Xml.Linq;
using EmbedStack.Api.Persistence.KeyRing;
using EmbedStack.ServiceDefaults.Jobs;
using Npgsql;

namespace EmbedStack.Rotation.Stack;

/// <summary>The Api's data-protection keys, which stand in Postgres encrypted under a secret that rotates.</summary>
internal sealed class KeyRing(RunningStack stack)
{
    // The Api looks at its file every five seconds.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>Waits until every key is encrypted under the value that stays; without the one before, the others would be lost.</summary>
    /// <exception cref="JobException">Some are not, or nobody can tell.</exception>
    public async Task EnsureUnderAsync(string value, CancellationToken cancellation)
    {
        var end = DateTime.UtcNow + Patience;
        while (await CountOthersAsync(value, cancellation) is var others && others > 0)
        {
            if (DateTime.UtcNow > end)
            {
                throw new JobException(
                    $"{others} of the Api's data-protection keys {(others == 1 ? "is" : "are")} still under the value before: it brings them under the current "
                    + "one within seconds of its start. Next: ./embedstack status, or end all sessions with --force");
            }

            await Task.Delay(Pause, cancellation);
        }
    }

    private async Task<int> CountOthersAsync(string value, CancellationToken cancellation)
    {
        try
        {
            await using var connection = new NpgsqlConnection(stack.ApiDatabase);
            await connection.OpenAsync(cancellation);
            await using var command = new NpgsqlCommand("select xml from api.data_protection_keys", connection);
            await using var row = await command.ExecuteReaderAsync(cancellation);
            var others = 0;
            while (await row.ReadAsync(cancellation))
            {
                var wrapped = XElement.Parse(row.GetString(0)).Descendants(KeyRingCipher.Element);
                others += wrapped.Any(element => KeyRingCipher.TryUnprotect(element.Value, value) is null) ? 1 : 0;
            }

            return others;
        }
        catch (PostgresException problem) when (problem.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            return 0;
        }
        catch (NpgsqlException problem)
        {
            throw new JobException(
                "whether the Api's data-protection keys are under the current value cannot be seen: Postgres does not let us in. "
                + "Next: ./embedstack status, or risk all sessions with --force", problem);
        }
    }
}
