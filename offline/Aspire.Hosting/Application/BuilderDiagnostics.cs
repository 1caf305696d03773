using System.Diagnostics;

namespace Aspire.Hosting;

/// <summary>The events by which a testing builder takes hold of an AppHost's entry point.</summary>
internal static class BuilderDiagnostics
{
    internal const string ListenerName = "Aspire.Hosting";
    internal const string ConstructingEvent = "DistributedApplicationBuilderConstructing";
    internal const string ConstructedEvent = "DistributedApplicationBuilderConstructed";
    internal const string BuildingEvent = "DistributedApplicationBuilding";
    internal const string BuiltEvent = "DistributedApplicationBuilt";

    internal static void Constructing(DistributedApplicationOptions options, HostApplicationBuilderSettings settings)
        => Write(ConstructingEvent, (options, settings));

    internal static void Constructed(DistributedApplicationBuilder builder) => Write(ConstructedEvent, builder);

    internal static void Building(DistributedApplicationBuilder builder) => Write(BuildingEvent, builder);

    internal static void Built(DistributedApplication application) => Write(BuiltEvent, application);

    private static void Write(string name, object value)
    {
        // A new listener each time, as in Aspire: an observer of DiagnosticListener.AllListeners sees every builder.
        var listener = new DiagnosticListener(ListenerName);
        if (listener.IsEnabled() && listener.IsEnabled(name))
        {
            listener.Write(name, value);
        }
    }
}
