namespace EmbedStack.Api.Audit.Verification;

internal static class AuditFindingKind
{
    /// <summary>A row, its place or the batch's own record has other contents.</summary>
    public const string Altered = "altered";

    /// <summary>Rows are missing from the batch.</summary>
    public const string RowsRemoved = "rows_removed";

    /// <summary>Rows are there that were not committed with the batch, or with any.</summary>
    public const string RowsInserted = "rows_inserted";

    /// <summary>The batch, or those before it, is missing.</summary>
    public const string BatchRemoved = "batch_removed";

    /// <summary>A person's key is gone, and nobody erased that person: address and agent of these rows can no longer be read.</summary>
    public const string KeyRemoved = "key_removed";

    /// <summary>The instance's head does not name its last batch, or is missing.</summary>
    public const string HeadAltered = "head_altered";
}
