using Aspire.Hosting.Testing;

[assembly: AssemblyFixture(typeof(EmbedStack.AppHost.ModelTests.Models))]

namespace EmbedStack.AppHost.ModelTests;

/// <summary>The AppHost's model in each runtime, built and never started.</summary>
public sealed class Models : IAsyncLifetime
{
    private readonly List<DistributedApplication> _applications = [];

    public StackModel Native { get; private set; } = null!;

    public StackModel Container { get; private set; } = null!;

    public StackModel Persisted { get; private set; } = null!;

    public static TheoryData<string> Runtimes => ["native", "container"];

    public StackModel In(string runtime) => runtime == "native" ? Native : Container;

    public async ValueTask InitializeAsync()
    {
        Native = await BuildAsync("--EmbedStack:Runtime=native", "--EmbedStack:Persist=false");
        Container = await BuildAsync("--EmbedStack:Runtime=container", "--EmbedStack:Persist=false");
        Persisted = await BuildAsync("--EmbedStack:Runtime=native", "--EmbedStack:Persist=true");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var application in _applications)
        {
            await application.DisposeAsync();
        }
    }

    private async Task<StackModel> BuildAsync(params string[] arguments)
    {
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(arguments);
        var application = await builder.BuildAsync();
        _applications.Add(application);
        return new StackModel(builder);
    }
}
