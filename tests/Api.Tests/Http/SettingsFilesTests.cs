using EmbedStack.Api.Tests.Stack;
using EmbedStack.Tests.Watching;
using Microsoft.Extensions.Configuration;

namespace EmbedStack.Api.Tests.Http;

public sealed class SettingsFilesTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    // Hundreds of instances run in this process: one that watched its files would soon find no watcher left.
    [Fact]
    public void NoSettingsFileIsWatched() => FileWatchers.AssertNone(api.Service<IConfiguration>());
}
