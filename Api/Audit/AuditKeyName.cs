using System.Globalization;

namespace EmbedStack.Api.Audit;

/// <summary>Whose key it is: a person's, or a day's for those whom nobody knows.</summary>
internal readonly record struct AuditKeyName(string Kind, string Name)
{
    public static AuditKeyName Person(string subject) => new("person", subject);

    public static AuditKeyName Day(DateTimeOffset at) => new("day", at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
}
