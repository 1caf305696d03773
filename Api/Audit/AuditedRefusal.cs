namespace EmbedStack.Api.Audit;

/// <summary>Marks a request whose refusal was audited where it was decided.</summary>
internal sealed class AuditedRefusal
{
    private static readonly AuditedRefusal Mark = new();

    public static bool IsIn(HttpContext context) => context.Features.Get<AuditedRefusal>() is not null;

    public static void SetIn(HttpContext context) => context.Features.Set(Mark);
}
