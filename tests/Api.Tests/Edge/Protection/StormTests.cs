using System.Net;
using EmbedStack.Api.Tests.Edge.Exchange;
using EmbedStack.Api.Tests.Stack;

namespace EmbedStack.Api.Tests.Edge.Protection;

/// <summary>An Api in front of a Superset that works on three requests at once.</summary>
public sealed class NarrowFixture(TestDatabases postgres) : ExchangeFixture(postgres)
{
    protected override IEnumerable<KeyValuePair<string, string>> OwnSettings =>
    [
        .. base.OwnSettings, new("Edge:Limits:Superset", "3"), new("Edge:Limits:TenantOfSuperset", "2"), new("Edge:Limits:TenantWaiting", "2"),
    ];
}

/// <summary>One tenant's storm while Superset is slow.</summary>
public sealed class StormTests(NarrowFixture api) : IClassFixture<NarrowFixture>
{
    [Fact]
    public async Task StormIsRefusedWithAPauseWhileAnotherTenantIsAnswered()
    {
        var storm = await api.TokenAsync(new TestPerson());
        var other = await api.TokenAsync(new TestPerson { Organizations = ["harbour"] });
        var (release, arrived) = (new TaskCompletionSource(), 0);
        api.Superset.Answer = async context =>
        {
            if (context.Request.QueryString.Value!.Contains("dashboard_id=1", StringComparison.Ordinal) && Interlocked.Increment(ref arrived) <= 2)
            {
                await release.Task.WaitAsync(TimeSpan.FromSeconds(30));
            }
        };
        try
        {
            var asked = Enumerable.Range(0, 6).Select(_ => api.ReadAsync(storm)).ToArray();
            var first = await await Task.WhenAny(asked).WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
            await first.AssertProblemAsync(HttpStatusCode.ServiceUnavailable, "superset-busy");
            Assert.NotNull(first.Headers.RetryAfter);

            using var calm = await api.ReadAsync(other).WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, calm.StatusCode);

            release.SetResult();
            var answers = await Task.WhenAll(asked).WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
            Assert.Equal((4, 2), (answers.Count(answer => answer.StatusCode == HttpStatusCode.OK), answers.Count(answer => answer.StatusCode == HttpStatusCode.ServiceUnavailable)));
        }
        finally
        {
            release.TrySetResult();
            api.Superset.Answer = null;
        }
    }
}
