namespace EmbedStack.Api.Health;

/// <summary>How a part of the stack is.</summary>
/// <param name="Name"><c>database</c>, <c>superset</c>, <c>keycloak</c>, <c>renderer</c>, <c>secrets</c> or <c>audit</c>.</param>
/// <param name="State"><c>up</c>, <c>degraded</c>, <c>down</c>, or <c>absent</c> where the stack does without it.</param>
/// <param name="Milliseconds">How long it took to answer.</param>
internal sealed record PartHealth(string Name, string State, int Milliseconds)
{
    public const string Up = "up";
    public const string Degraded = "degraded";
    public const string Down = "down";
    public const string Absent = "absent";
}
