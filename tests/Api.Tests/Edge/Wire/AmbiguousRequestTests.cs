using EmbedStack.Api.Tests.Edge.Exchange;
using EmbedStack.Api.Tests.Stack;

namespace EmbedStack.Api.Tests.Edge.Wire;

/// <summary>
/// Requests that two servers could read in two ways (RFC 9112) end here. What goes on is framed anew, by its length alone.
/// </summary>
public sealed class AmbiguousRequestTests(ExchangeFixture api) : IClassFixture<ExchangeFixture>
{
    private const string Host = "Host: 127.0.0.1:5181\r\n";

    private static readonly Dictionary<string, string> Ambiguous = new()
    {
        ["two lengths"] = $"POST /api/v1/chart/data HTTP/1.1\r\n{Host}TOKENContent-Length: 2\r\nContent-Length: 40\r\n\r\n{{}}",
        ["a list of lengths"] = $"POST /api/v1/chart/data HTTP/1.1\r\n{Host}TOKENContent-Length: 2, 40\r\n\r\n{{}}",
        ["a negative length"] = $"POST /api/v1/chart/data HTTP/1.1\r\n{Host}TOKENContent-Length: -2\r\n\r\n{{}}",
        ["a length beyond all numbers"] = $"POST /api/v1/chart/data HTTP/1.1\r\n{Host}TOKENContent-Length: 99999999999999999999\r\n\r\n{{}}",
        ["a length in another base"] = $"POST /api/v1/chart/data HTTP/1.1\r\n{Host}TOKENContent-Length: 0x2\r\n\r\n{{}}",
        ["a coding that is not the last"] = $"POST /api/v1/chart/data HTTP/1.1\r\n{Host}TOKENTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
        ["an unknown coding"] = $"POST /api/v1/chart/data HTTP/1.1\r\n{Host}TOKENTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        ["a space before the colon"] = $"POST /api/v1/chart/data HTTP/1.1\r\n{Host}TOKENTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
        ["a folded header"] = $"POST /api/v1/chart/data HTTP/1.1\r\n{Host}TOKENX-A: b\r\n Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        ["a carriage return within a header"] = $"GET /api/v1/me/roles/ HTTP/1.1\r\n{Host}TOKENX-A: b\rX-Superset-Ingress: c\r\n\r\n",
        ["a zero within a header"] = $"GET /api/v1/me/roles/ HTTP/1.1\r\n{Host}TOKENX-A: b\0c\r\n\r\n",
        ["a name that is none"] = $"GET /api/v1/me/roles/ HTTP/1.1\r\n{Host}TOKENX A: b\r\n\r\n",
        ["no name"] = $"GET /api/v1/me/roles/ HTTP/1.1\r\n{Host}TOKEN: b\r\n\r\n",
        ["a chunk of no size"] = $"POST /api/v1/chart/data HTTP/1.1\r\n{Host}TOKENTransfer-Encoding: chunked\r\n\r\nZ\r\n{{}}\r\n0\r\n\r\n",
        ["a chunk beyond all numbers"] = $"POST /api/v1/chart/data HTTP/1.1\r\n{Host}TOKENTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\n{{}}\r\n0\r\n\r\n",
        ["a chunk longer than it says"] = $"POST /api/v1/chart/data HTTP/1.1\r\n{Host}TOKENTransfer-Encoding: chunked\r\n\r\n1\r\n{{}}\r\n0\r\n\r\n",
        ["two hosts"] = $"GET /api/v1/me/roles/ HTTP/1.1\r\n{Host}Host: elsewhere.example\r\nTOKEN\r\n",
        ["no host"] = "GET /api/v1/me/roles/ HTTP/1.1\r\nTOKEN\r\n",
        ["another host"] = "GET /api/v1/me/roles/ HTTP/1.1\r\nHost: elsewhere.example\r\nTOKEN\r\n",
        ["a target of another host"] = $"GET http://elsewhere.example/api/v1/me/roles/ HTTP/1.1\r\n{Host}TOKEN\r\n",
        ["a target with a space"] = $"GET /api/v1/me/roles/ /login/ HTTP/1.1\r\n{Host}TOKEN\r\n",
        ["a method that is none"] = $"GE T /api/v1/me/roles/ HTTP/1.1\r\n{Host}TOKEN\r\n",
        ["a body where none belongs"] = $"GET /api/v1/me/roles/ HTTP/1.1\r\n{Host}TOKENContent-Length: 5\r\n\r\nGET /",
        ["chunks where none belong"] = $"GET /api/v1/me/roles/ HTTP/1.1\r\n{Host}TOKENTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        ["an upgrade to HTTP/2"] = $"PRI * HTTP/2.0\r\n{Host}TOKEN\r\nSM\r\n\r\n",
    };

    public static TheoryData<string> Cases => [.. Ambiguous.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task AmbiguousRequestIsRefusedAndGoesNowhere(string what)
    {
        var token = await api.TokenAsync(new TestPerson());
        await using var connection = await RawConnection.OpenAsync(api.Api.EmbedPort);
        var before = api.Superset.Seen;
        await connection.SendAsync(Ambiguous[what].Replace("TOKEN", $"X-GuestToken: {token}\r\nConnection: close\r\n", StringComparison.Ordinal));
        var answer = await connection.ReadToEndAsync();

        // To whom speaks HTTP/2, the server says in frames of that that it does not.
        Assert.True(answer.Length == 0 || answer[0] == '\0' || answer.StartsWith("HTTP/1.1 4", StringComparison.Ordinal), $"Answered {answer}");
        Assert.DoesNotContain("HTTP/1.1 2", answer, StringComparison.Ordinal);
        Assert.Equal(before, api.Superset.Seen);
    }

    [Theory]
    [InlineData("Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n")]
    [InlineData("Content-Length: +2\r\n\r\n{}")]
    [InlineData("Content-Length: 0000000000002\r\n\r\n{}")]
    public async Task WhatTheServerPutsUpWithGoesOnByItsLengthAlone(string rest)
    {
        var token = await api.TokenAsync(new TestPerson());
        await using var connection = await RawConnection.OpenAsync(api.Api.EmbedPort);
        var before = api.Superset.Seen;
        await connection.SendAsync(
            $"POST /api/v1/chart/data HTTP/1.1\r\n{Host}X-GuestToken: {token}\r\nContent-Type: application/json\r\n{rest}"
            + $"GET /login/ HTTP/1.1\r\n{Host}X-GuestToken: {token}\r\nConnection: close\r\n\r\n");
        await connection.ReadToEndAsync();

        // Whether it was taken or not: never more than the one request, by its own length, and nothing of the other.
        Assert.InRange(api.Superset.Seen - before, 0, 1);
        if (api.Superset.Seen > before)
        {
            Assert.Equal(("{}", "2"), (api.Superset.LastSeen!.Body, api.Superset.LastSeen.Headers["Content-Length"]));
            Assert.False(api.Superset.LastSeen.Headers.ContainsKey("Transfer-Encoding"));
        }
    }

    [Fact]
    public async Task HeadersThatOneConnectionNamesAreNotTakenAway()
    {
        var token = await api.TokenAsync(new TestPerson());
        await using var connection = await RawConnection.OpenAsync(api.Api.EmbedPort);
        await connection.SendAsync(
            $"GET /api/v1/me/roles/ HTTP/1.1\r\n{Host}X-GuestToken: {token}\r\nConnection: close, X-GuestToken, X-Superset-Ingress\r\nTE: trailers\r\n"
            + "Keep-Alive: timeout=5\r\nProxy-Authorization: Basic x\r\nUpgrade: h2c\r\nTrailer: X-GuestToken\r\n\r\n");
        var answer = await connection.ReadToEndAsync();

        Assert.StartsWith("HTTP/1.1 200", answer, StringComparison.Ordinal);
        var seen = api.Superset.LastSeen!.Headers;
        Assert.Equal(api.Superset.IngressSecret, seen["X-Superset-Ingress"]);
        Assert.True(seen.ContainsKey("X-GuestToken"));
        Assert.Empty(seen.Keys.Intersect(["TE", "Keep-Alive", "Proxy-Authorization", "Upgrade", "Trailer"], StringComparer.OrdinalIgnoreCase));
    }
}
