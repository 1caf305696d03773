using Npgsql;

namespace EmbedStack.Api.Audit.Verification;

/// <summary>Where a row stands, and its hash as it is now.</summary>
internal sealed record StoredRow(Guid Instance, long Batch, int Position, byte[] Hash)
{
    public static StoredRow Read(NpgsqlDataReader row) =>
        new(row.GetGuid(15), row.GetInt64(16), row.GetInt32(17), AuditHash.OfRow(AuditReader.Read(row)));
}
