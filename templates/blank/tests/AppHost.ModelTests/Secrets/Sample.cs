namespace EmbedStack.AppHost.ModelTests.Secrets;

/// <summary>What differs in who holds what by where the product's rows stand.</summary>
internal static class Sample
{
    /// <summary>Who reads rows, as guests and authors do.</summary>
    public static readonly string[] Readers = ["customer-data", "superset", "superset-bootstrap"];
}
