namespace EmbedStack.AppHost.Tenancy;

/// <summary>What the sample's loader is given.</summary>
internal static class ClinicDataExtensions
{
    /// <summary>Gives the loader its databases, the tenants, and the commands that run it again.</summary>
    /// <param name="clinicData">The loader.</param>
    /// <param name="clinicDb">Where rows stand.</param>
    /// <param name="embedstackDb">Where the tenants' records stand.</param>
    /// <param name="roles">Who it is there.</param>
    /// <param name="settings">How much to load, and of which day.</param>
    public static IResourceBuilder<T> WithClinicData<T>(
        this IResourceBuilder<T> clinicData,
        IResourceBuilder<IResourceWithConnectionString> clinicDb,
        IResourceBuilder<IResourceWithConnectionString> embedstackDb,
        DatabaseRoles roles,
        StackSettings settings)
        where T : IResourceWithEnvironment => clinicData
            .WithReference(clinicDb.As(roles.ClinicOwner))
            .WithReference(clinicDb.As(roles.ClinicLoader), "clinic-db-loader")
            .WithReference(embedstackDb.As(roles.ClinicLoader))
            .WithTenants()
            .WithEnvironment("ClinicData__Scale", settings.ClinicDataScale)
            .WithEnvironment("ClinicData__TimeZone", settings.TimeZone)
            .WithReseedCommand()
            .WithRollForward(settings, last: settings.IsWebBuilt ? "api" : "web");
}
