namespace EmbedStack.Api.Audit;

/// <summary>Hears of what was written to the audit. It must be quick, and it must not fail.</summary>
internal interface IAuditObserver
{
    void Written(AuditEntry entry, AuditRow row);
}
