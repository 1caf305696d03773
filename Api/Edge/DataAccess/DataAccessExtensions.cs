namespace EmbedStack.Api.Edge.DataAccess;

internal static class DataAccessExtensions
{
    public static IServiceCollection AddDataAccessAudit(this IServiceCollection services) => services
        .AddSingleton(provider => SpoolSettings.From(provider.GetRequiredService<IConfiguration>()))
        .AddSingleton<SpoolSegment>()
        .AddSingleton<DataAccessSpool>()
        .AddSingleton<DataAccessStore>()
        .AddSingleton<DataAccessLog>()
        .AddSingleton<IGuestReads, RowReads>()
        .AddSingleton<DataAccessShipping>()
        .AddHostedService(provider => provider.GetRequiredService<DataAccessShipping>());
}
