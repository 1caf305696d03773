namespace EmbedStack.AppHost.Tests.Stack;

/// <summary>What tests that any product has need to know of this one's dashboards.</summary>
public static class Sample
{
    /// <summary>The key of a dashboard that administrators open.</summary>
    public const string Dashboard = "clinic";

    /// <summary>How many charts it has.</summary>
    public const int Charts = 12;

    /// <summary>The title of one of them, a single number.</summary>
    public const string Figure = "Appointments";

    /// <summary>The key of a dashboard that is made a file of.</summary>
    public const string Filed = "appointments";
}
