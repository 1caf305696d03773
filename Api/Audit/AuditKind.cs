namespace EmbedStack.Api.Audit;

/// <summary>What the audit tells apart.</summary>
internal static class AuditKind
{
    public const string SignIn = "sign_in";
    public const string SignOut = "sign_out";
    public const string SessionEnded = "session_ended";
    public const string Refresh = "refresh";
    public const string Access = "access";
    public const string Mint = "mint";
    public const string Exchange = "exchange";
    public const string Revocation = "revocation";
    public const string Rotation = "rotation";
    public const string EntitlementChange = "entitlement_change";
    public const string DataAccess = "data_access";
    public const string Export = "export";
    public const string AuditExport = "audit_export";
    public const string Erasure = "erasure";
}
