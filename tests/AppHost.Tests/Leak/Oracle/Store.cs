using EmbedStack.AppHost.Tests.Stack;

namespace EmbedStack.AppHost.Tests.Leak.Oracle;

/// <summary>Where a tenant's rows stand, by the product's promise: shared tables, a schema or a database of its own.</summary>
internal sealed record Store(string Database, string Schema)
{
    public static Store Of(Person person) => person.Tenant switch
    {
        "northside" or "harbour" => new("clinic", "clinic"),
        "manly" => new("clinic", "clinic_manly"),
        "hurstville" => new("clinic_hurstville", "clinic"),
        "sydney-network" => new("clinic", "network"),
        _ => throw new ArgumentOutOfRangeException(nameof(person), person.Tenant, "No store is known."),
    };
}
