namespace EmbedStack.Api.Health;

/// <summary>How a dashboard is, by what was asked of it in the last hour.</summary>
/// <param name="Key">The dashboard's key.</param>
/// <param name="Title">Its title.</param>
/// <param name="Installed">Whether Superset has it.</param>
/// <param name="Enabled">Whether it is on.</param>
/// <param name="Answered">Charts and filters that were answered.</param>
/// <param name="Refused">Those that were not for whoever asked.</param>
/// <param name="Failed">Those that a part of the stack had no answer to.</param>
/// <param name="LastAt">When it was asked last, within the hour.</param>
internal sealed record EmbedHealth(
    string Key, string Title, bool Installed, bool Enabled, long Answered, long Refused, long Failed, DateTimeOffset? LastAt)
{
    public static EmbedHealth Unasked(string key) => new(key, key, Installed: false, Enabled: false, 0, 0, 0, null);
}
