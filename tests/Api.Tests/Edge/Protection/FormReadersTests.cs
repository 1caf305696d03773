using System.Net;
using EmbedStack.Api.Edge.Protection;
using Microsoft.AspNetCore.Http;

namespace EmbedStack.Api.Tests.Edge.Protection;

/// <summary>Bodies that are read before anybody knows whose they are.</summary>
public sealed class FormReadersTests : IDisposable
{
    private readonly FormReaders _readers = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task NetworkThatSendsManyLeavesOthersRoomAndWaits()
    {
        var storm = Enumerable.Range(0, 100).Select(_ => _readers.EnterAsync(From("203.0.113.5"), Cancellation)).ToArray();
        var reading = storm.Count(entered => entered.IsCompletedSuccessfully);
        Assert.Equal(16, reading);
        using var other = await _readers.EnterAsync(From("198.51.100.7"), Cancellation).WaitAsync(TimeSpan.FromSeconds(5), Cancellation);

        (await storm[0]).Dispose();
        await storm[reading].WaitAsync(TimeSpan.FromSeconds(5), Cancellation);
    }

    public void Dispose() => _readers.Dispose();

    private static DefaultHttpContext From(string address) => new() { Connection = { RemoteIpAddress = IPAddress.Parse(address) } };
}
