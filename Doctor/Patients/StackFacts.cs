namespace EmbedStack.Doctor.Patients;

/// <summary>Where a stack of EmbedStack is, and how it is entered.</summary>
internal sealed record StackFacts
{
    /// <summary>The app's origin, as browsers know it.</summary>
    public required Uri App { get; init; }

    /// <summary>Where authors reach Superset.</summary>
    public required Uri Authors { get; init; }

    /// <summary>The Api's own address.</summary>
    public required Uri Api { get; init; }

    /// <summary>The embed origin.</summary>
    public required Uri Embed { get; init; }

    public required Uri Keycloak { get; init; }

    public required Uri Superset { get; init; }

    /// <summary>The header's secret without which Superset answers nobody.</summary>
    public required string SupersetIngress { get; init; }

    /// <summary>The passwords that the Api's account in Superset may have, the current one first.</summary>
    public required IReadOnlyList<string> ServicePasswords { get; init; }

    /// <summary>The secrets that the machine's client may have at Keycloak, the current one first.</summary>
    public required IReadOnlyList<string> MachineSecrets { get; init; }

    /// <summary>The product's parts.</summary>
    public required IReadOnlyList<PartState> Parts { get; init; }

    public required IReadOnlyList<CatalogueEntry> Catalogue { get; init; }

    /// <summary>Whether something without which the Api answers 5xx does not run, or is not well.</summary>
    public bool IsAPartAway => Parts.Any(part => Needed.Contains(part.Name) && !part.Works);

    private static string[] Needed { get; } = ["postgres", "keycloak", "superset", "redis"];
}

/// <summary>Where a part of the stack stands.</summary>
/// <param name="Name">The resource's name.</param>
/// <param name="State">Its state, such as <c>Running</c>.</param>
/// <param name="Health">Its health, or <c>-</c> where nobody asks.</param>
internal sealed record PartState(string Name, string State, string Health)
{
    public bool Works => State == "Running" && Health is "Healthy" or "-";
}
