using EmbedStack.Api.Edge;
using Microsoft.AspNetCore.Http;

namespace EmbedStack.Api.Tests.Edge;

/// <summary>What pages were recorded to ask for and the edge's table say the same: neither has a route that the other lacks.</summary>
public sealed class RecordedRoutesTests
{
    private static readonly Dictionary<string, string> Samples = new()
    {
        ["<uuid>"] = "11111111-1111-4111-8111-111111111111",
        ["<id>"] = "7",
        ["<file>"] = "embedded.0123456789abcdef.entry.js",
        ["<language>"] = "de",
        ["<key>"] = "abcdefghijklmnopqrstuv",
    };

    private static IEnumerable<(string Method, string Path)> Recorded =>
        from line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "recorded.txt"))
        let parts = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        where parts[0] != "#"
        select (parts[1], Samples.Aggregate(parts[2], (path, sample) => path.Replace(sample.Key, sample.Value, StringComparison.Ordinal)));

    [Fact]
    public void EveryRecordedRouteIsOneOfTheTable() =>
        Assert.All(Recorded, route => Assert.True(Find(route) is not null, $"{route.Method} {route.Path} is not in the table"));

    [Fact]
    public void EveryRouteOfTheTableIsRecorded() =>
        Assert.Empty(EdgeRoutes.Table.Except(Recorded.Select(Find)).Select(entry => entry!.Name));

    [Fact]
    public void NoRouteIsOpenToAnotherMethodThanTheRecordedOnes()
    {
        var recorded = Recorded.ToHashSet();
        foreach (var path in recorded.Select(route => route.Path).Distinct())
        {
            foreach (var method in (string[])["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "get"])
            {
                Assert.Equal(recorded.Contains((method, path)), Find((method, path)) is not null);
            }
        }
    }

    private static EdgeRouteEntry? Find((string Method, string Path) route)
    {
        var request = new DefaultHttpContext().Request;
        (request.Method, request.Path) = route;
        return EdgeRoutes.Find(request);
    }
}
