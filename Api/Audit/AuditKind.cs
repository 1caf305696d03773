namespace EmbedStack.Api.Audit;

/// <summary>What the audit tells apart.</summary>
internal static class AuditKind
{
    public const string SignIn = "sign_in";
    public const string SignOut = "sign_out";
    public const string SessionEnded = "session_ended";
    public const string Access = "access";
    public const string Mint = "mint";
}
