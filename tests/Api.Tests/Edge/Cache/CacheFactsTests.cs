using EmbedStack.Api.Edge.Cache;
using EmbedStack.Api.Tests.Stack;

namespace EmbedStack.Api.Tests.Edge.Cache;

/// <summary>What makes kept answers worthless, and how soon.</summary>
public sealed class CacheFactsTests(CacheDatabase database) : IClassFixture<CacheDatabase>, IAsyncLifetime
{
    private readonly AnswerMemory _memory = new(CacheDatabase.Settings);
    private CacheFactsSource _facts = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _facts = new CacheFactsSource(database.Source, database.Follower, _memory, TimeProvider.System);
        await _facts.StartAsync(CancellationToken.None);
        await Eventually.TrueAsync("the facts are read", () => Task.FromResult(_facts.Current is not null));
    }

    public async ValueTask DisposeAsync()
    {
        await _facts.StopAsync(CancellationToken.None);
        _facts.Dispose();
        _memory.Dispose();
    }

    [Theory]
    [InlineData("clinic")]
    [InlineData("superset")]
    public async Task ReseedOrChangedChartEmptiesTheMemoryAndChangesEveryVersion(string name)
    {
        var before = _facts.Current!;
        var key = new CacheKey("edge:x");
        _memory.Keep(key, new CachedAnswer([1], 1, 1, DateTimeOffset.UtcNow, DateTimeOffset.MaxValue, DateTimeOffset.MaxValue));
        await database.Database.ExecuteAsync(
            "insert into shared.data_version (name) values ($1) on conflict (name) do update set version = data_version.version + 1", name);
        await Eventually.TrueAsync("the new version is seen", () => Task.FromResult(_facts.Current!.DataVersion != before.DataVersion));
        Assert.Null(_memory.Find(key));
        Assert.NotEqual(before.Version("northside", "clinic", "appointments"), _facts.Current!.Version("northside", "clinic", "appointments"));
        Assert.NotEqual(before.ChangedAt, _facts.Current.ChangedAt);
    }

    [Theory]
    [InlineData(DropKind.Tenant, "northside", "harbour/clinic/appointments")]
    [InlineData(DropKind.Dashboard, "clinic", "northside/revenue/appointments")]
    [InlineData(DropKind.Dataset, "appointments", "northside/clinic/revenue")]
    public async Task DropIsAboutWhatItNames(string kind, string value, string untouched)
    {
        var before = _facts.Current!;
        await _facts.DropAsync(kind, value, Cancellation);
        var after = _facts.Current!;
        var others = untouched.Split('/');
        Assert.NotEqual(before.Version("northside", "clinic", "appointments"), after.Version("northside", "clinic", "appointments"));
        Assert.Equal(before.Version(others[0], others[1], others[2]), after.Version(others[0], others[1], others[2]));
    }

    [Fact]
    public async Task EverythingIsEverything()
    {
        var before = _facts.Current!.Version("a", "b", "c");
        await _facts.DropAsync(DropKind.Everything, DropKind.All, Cancellation);
        Assert.NotEqual(before, _facts.Current.Version("a", "b", "c"));
    }

    [Fact]
    public async Task AnotherInstanceHearsOfADrop()
    {
        var before = _facts.Current!.Version("manly", "b", "c");
        await database.Database.ExecuteAsync("insert into api.cache_drops (kind, value) values ('tenant', 'manly')");
        await Eventually.TrueAsync("the drop is seen", () => Task.FromResult(_facts.Current!.Version("manly", "b", "c") != before));
    }

    [Fact]
    public async Task NumbersOfTheInstallationHaveTheCataloguesKeys()
    {
        await TestCatalogue.PublishAsync(database.Database);
        await Eventually.TrueAsync("the catalogue is read", () => Task.FromResult(_facts.Current!.Dashboard(1) == "clinic"));
        Assert.Equal(("appointments", null, null), (_facts.Current!.Dataset(7), _facts.Current.Dataset(null), _facts.Current.Chart(7)));
    }
}
