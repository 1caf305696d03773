namespace EmbedStack.AppHost.Ports;

/// <summary>The ports the stack listens on; <see langword="null"/> is a free one.</summary>
internal sealed record StackPorts
{
    public static StackPorts Free { get; } = new();

    /// <summary>
    /// Kept data hold addresses, such as the redirect addresses of the realm's clients and a browser's bookmarks: they
    /// stay valid where the ports do.
    /// </summary>
    public static StackPorts Fixed { get; } = new()
    {
        Web = 5173,
        Api = 5180,
        Embed = 5181,
        Authors = 5182,
        Keycloak = 5183,
        KeycloakManagement = 5184,
        Superset = 5185,
        Postgres = 5186,
        Redis = 5187,
        Renderer = 5188,
    };

    public int? Web { get; private init; }

    public int? Api { get; private init; }

    public int? Embed { get; private init; }

    public int? Authors { get; private init; }

    public int? Keycloak { get; private init; }

    public int? KeycloakManagement { get; private init; }

    public int? Superset { get; private init; }

    public int? Postgres { get; private init; }

    public int? Redis { get; private init; }

    public int? Renderer { get; private init; }
}
