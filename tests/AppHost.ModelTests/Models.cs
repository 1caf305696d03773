using Aspire.Hosting.Testing;

[assembly: AssemblyFixture(typeof(EmbedStack.AppHost.ModelTests.Models))]

namespace EmbedStack.AppHost.ModelTests;

/// <summary>The AppHost's model in each runtime, never started: not even built, since an AppHost runs on from there.</summary>
public sealed class Models : IAsyncLifetime
{
    private readonly List<StackModel> _models = [];

    public StackModel Native { get; private set; } = null!;

    public StackModel Container { get; private set; } = null!;

    public StackModel Persisted { get; private set; } = null!;

    /// <summary>With the app as it was built.</summary>
    public StackModel Built { get; private set; } = null!;

    /// <summary>The same by HTTPS.</summary>
    public StackModel SecureBuilt { get; private set; } = null!;

    /// <summary>By HTTPS, with Vite's server.</summary>
    public StackModel Secure { get; private set; } = null!;

    public static TheoryData<string> Runtimes => ["native", "container"];

    public StackModel In(string runtime) => runtime == "native" ? Native : Container;

    public async ValueTask InitializeAsync()
    {
        Native = await CreateAsync("--EmbedStack:Runtime=native", "--EmbedStack:Persist=false");
        Container = await CreateAsync("--EmbedStack:Runtime=container", "--EmbedStack:Persist=false");
        Persisted = await CreateAsync("--EmbedStack:Runtime=native", "--EmbedStack:Persist=true");
        Built = await CreateAsync("--EmbedStack:Runtime=native", "--EmbedStack:Persist=false", "--EmbedStack:Web=built");
        Secure = await CreateAsync("--EmbedStack:Runtime=native", "--EmbedStack:Persist=true", "--EmbedStack:Https=true");
        SecureBuilt = await CreateAsync("--EmbedStack:Runtime=native", "--EmbedStack:Persist=true", "--EmbedStack:Https=true", "--EmbedStack:Web=built");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var model in _models)
        {
            await model.DisposeAsync();
        }
    }

    private async Task<StackModel> CreateAsync(params string[] arguments)
    {
        var model = new StackModel(await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(arguments));
        _models.Add(model);
        return model;
    }
}
