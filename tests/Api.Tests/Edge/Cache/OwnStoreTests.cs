using EmbedStack.Api.Edge.Cache;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection;

namespace EmbedStack.Api.Tests.Edge.Cache;

/// <summary>Where a team keeps the second level elsewhere.</summary>
public sealed class OwnStoreTests
{
    [Fact]
    public void CacheThatIsRegisteredBeforeTakesThePlaceOfPostgres()
    {
        var own = new ServiceCollection().AddSingleton<IDistributedCache, BrokenStore>().AddEdgeCache();
        Assert.Equal(typeof(BrokenStore), own.Single(service => service.ServiceType == typeof(IDistributedCache)).ImplementationType);

        var usual = new ServiceCollection().AddEdgeCache();
        Assert.Equal(typeof(PostgresCache), usual.Single(service => service.ServiceType == typeof(IDistributedCache)).ImplementationType);
    }
}
