namespace EmbedStack.Load.Edge;

/// <summary>Somebody who looks at a dashboard.</summary>
/// <param name="Tenant">Whose rows it must show.</param>
/// <param name="Token">The guest token of the page.</param>
internal sealed record Viewer(string Tenant, string Token);
