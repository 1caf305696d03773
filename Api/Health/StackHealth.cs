namespace EmbedStack.Api.Health;

/// <summary>How the stack and each dashboard are.</summary>
internal sealed record StackHealth(IReadOnlyList<PartHealth> Parts, IReadOnlyList<EmbedHealth> Dashboards);
