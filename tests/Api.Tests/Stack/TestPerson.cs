namespace EmbedStack.Api.Tests.Stack;

/// <summary>A person as Keycloak describes one. Mutable: what Keycloak knows changes.</summary>
public sealed class TestPerson
{
    public string Subject { get; private init; } = Guid.NewGuid().ToString();

    /// <summary>The person's session at Keycloak, which all browsers share that sign in by it.</summary>
    public string KeycloakSession { get; } = Guid.NewGuid().ToString();

    public string Name { get; init; } = "Nora Lindqvist";

    public bool Active { get; set; } = true;

    public string[] Organizations { get; set; } = ["northside"];

    public bool OrganizationEnabled { get; set; } = true;

    public string[] Roles { get; set; } = ["admin"];

    public string? StaffId { get; set; }

    public string? Region { get; set; }

    public string? Department { get; set; }

    /// <summary>The client that the person's tokens were issued to, and whom they are for.</summary>
    public string Client { get; set; } = KeycloakPeer.ClientId;

    public string Audience { get; set; } = KeycloakPeer.ClientId;

    public TimeSpan TokenLifetime { get; set; } = TimeSpan.FromHours(1);

    public bool RefreshAllowed { get; set; } = true;

    /// <summary>The same person at another browser, who signed in at Keycloak there as well: a session of its own.</summary>
    public TestPerson AtAnotherBrowser() => new()
    {
        Subject = Subject, Name = Name, Organizations = Organizations, Roles = Roles, StaffId = StaffId, Region = Region, Department = Department,
    };
}
