using System.Net;
using EmbedStack.AppHost.Tests.Stack;

namespace EmbedStack.AppHost.Tests.SignIn;

/// <summary>Two Apis behind one address: whichever a connection reaches, it is the same session.</summary>
public sealed class TwoApisTests(StackFixture stack)
{
    private const int Persons = 4;
    private static readonly string[] Keys = ["clinic", "appointments", "revenue"];
    private static readonly Person Newtown = new("newtown", "Newtown Mind Clinic", "admin", "admin");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SessionsBehindOneAddressOutliveAnApiThatIsKilled()
    {
        await using var second = await SecondApi.StartAsync(stack, Cancellation);
        await using var balancer = new RoundRobin(stack.Api, second.Address);
        var sessions = new List<ProductSession>();
        try
        {
            // A sign-in takes several connections: it begins at one Api and ends at the other.
            for (var person = 0; person < Persons; person++)
            {
                sessions.Add(await ProductSession.OpenAsync(stack, Newtown, Cancellation, balancer.Address));
            }

            await AssertAllMintAsync(sessions);
            Assert.All(balancer.Taken, taken => Assert.True(taken >= Persons, $"the connections went to one: {string.Join(" and ", balancer.Taken)}"));

            await second.KillAsync();
            var before = balancer.Taken;

            await AssertAllMintAsync(sessions);
            Assert.Equal(before[1], balancer.Taken[1]);
        }
        finally
        {
            sessions.ForEach(session => session.Dispose());
        }
    }

    private static async Task AssertAllMintAsync(IEnumerable<ProductSession> sessions)
    {
        var asked = sessions.SelectMany(_ => Keys, (session, key) => session.MintAsync(new { dashboard_key = key }, Cancellation));
        Assert.All(await Task.WhenAll(asked), answer => Assert.True(answer.Status == HttpStatusCode.OK, $"{(int)answer.Status} {answer.Body}"));
    }
}
