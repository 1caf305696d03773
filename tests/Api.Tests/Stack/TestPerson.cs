namespace EmbedStack.Api.Tests.Stack;

/// <summary>A person as Keycloak describes one. Mutable: what Keycloak knows changes.</summary>
public sealed class TestPerson
{
    public string Subject { get; } = Guid.NewGuid().ToString();

    public string Name { get; init; } = "Nora Lindqvist";

    public bool Active { get; set; } = true;

    public string[] Organizations { get; set; } = ["northside"];

    public string[] Roles { get; set; } = ["admin"];

    public string? StaffId { get; set; }

    public bool RefreshAllowed { get; set; } = true;
}
