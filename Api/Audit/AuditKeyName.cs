using System.Globalization;

namespace EmbedStack.Api.Audit;

/// <summary>Whose key it is.</summary>
internal readonly record struct AuditKeyName(string Kind, string Name)
{
    public static AuditKeyName Of(AuditEntry entry) => entry.Event.Subject is { } subject
        ? new("person", subject)
        : new("day", entry.At.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
}
