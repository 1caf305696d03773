using System.Net;
using System.Text;
using EmbedStack.Api.Edge.DataAccess;
using EmbedStack.Api.Tests.Edge.Cache;
using EmbedStack.Api.Tests.Edge.Exchange;
using EmbedStack.Api.Tests.Edge.Wire;
using EmbedStack.Api.Tests.Stack;

namespace EmbedStack.Api.Tests.Edge.Protection;

/// <summary>Who asks for much and fetches little of it.</summary>
public sealed class SlowReaderTests(ExchangeFixture api) : IClassFixture<ExchangeFixture>
{
    private const int Length = 12 * 1024 * 1024;
    private static readonly string Question = ChartBodies.Recorded.Replace("Café", "Dermatology", StringComparison.Ordinal);

    [Fact]
    public async Task PersonWhoFetchesNothingIsBoundedAndOthersAreServed()
    {
        api.Superset.Answer = context =>
        {
            context.Response.ContentLength = Length;
            return context.Response.Body.WriteAsync(new byte[Length]).AsTask();
        };
        var (slow, other) = (new TestPerson(), new TestPerson());
        var token = await api.TokenAsync(slow);
        try
        {
            await using (var reader = await RawConnection.OpenAsync(api.Api.EmbedPort, receives: 4096))
            {
                await reader.SendAsync($"""
                    POST /api/v1/chart/data HTTP/1.1
                    Host: 127.0.0.1:5181
                    X-GuestToken: {token}
                    Content-Type: application/json
                    Content-Length: {Question.Length}


                    """.ReplaceLineEndings("\r\n") + Question);
                Assert.Equal("HTTP/1.1 200", await reader.ReadStatusAsync());
                Assert.Equal(HttpStatusCode.TooManyRequests, await StatusAsync(token));
                Assert.Equal(HttpStatusCode.OK, await StatusAsync(await api.TokenAsync(other)));
            }

            await Eventually.TrueAsync("the room is given back", async () => await StatusAsync(token) == HttpStatusCode.OK);
        }
        finally
        {
            api.Superset.Answer = null;
        }

        await api.Service<DataAccessShipping>().ShipAsync(TestContext.Current.CancellationToken);
        var rows = await api.Database.QueryAsync("select reason from audit.data_access where person = audit.person($1)", slow.Subject);
        Assert.Contains("too-many-requests", rows.Select(row => row["reason"]));
    }

    private async Task<HttpStatusCode> StatusAsync(string token)
    {
        using var browser = api.NewEmbedBrowser();
        using var request = browser.Request("POST", "/api/v1/chart/data");
        request.Headers.Add("X-GuestToken", token);
        request.Content = new StringContent(Question, Encoding.UTF8, "application/json");
        using var answer = await browser.SendAsync(request);
        return answer.StatusCode;
    }
}
