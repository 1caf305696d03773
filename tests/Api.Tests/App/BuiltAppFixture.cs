using EmbedStack.Api.Tests.Stack;

namespace EmbedStack.Api.Tests.App;

/// <summary>An Api that serves an app: one page, one script, one picture.</summary>
public sealed class BuiltAppFixture(TestDatabases postgres) : ApiFixture(postgres)
{
    private readonly string _dist = Directory.CreateTempSubdirectory("embedstack-app-").FullName;

    protected override IEnumerable<KeyValuePair<string, string>> OwnSettings
    {
        get
        {
            Directory.CreateDirectory(Path.Combine(_dist, "assets"));
            File.WriteAllText(Path.Combine(_dist, "index.html"), "<!doctype html><title>The app</title>");
            File.WriteAllText(Path.Combine(_dist, "assets", "index-abc123.js"), "export {};");
            File.WriteAllText(Path.Combine(_dist, "mark.svg"), "<svg xmlns='http://www.w3.org/2000/svg'/>");
            File.WriteAllText(Path.Combine(_dist, "..", $"{Path.GetFileName(_dist)}.txt"), "outside");
            return [new("App:Directory", _dist)];
        }
    }

    public string Outside => $"{Path.GetFileName(_dist)}.txt";

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(_dist, recursive: true);
        File.Delete($"{_dist}.txt");
    }
}
