using EmbedStack.Api.Edge.Upstreams;
using EmbedStack.Api.Tests.Stack;

namespace EmbedStack.Api.Tests.Edge.Upstreams;

/// <summary>When an instance of Superset is asked nothing new, and when it is given up with what it works on.</summary>
public sealed class SupersetInstancesTests : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);
    private readonly TestClock _clock = new();
    private readonly SupersetInstances _instances;

    public SupersetInstancesTests() => _instances = TestInstances.Create(_clock, "http://one.invalid", "http://two.invalid");

    private SupersetInstance One => _instances.All[0];

    private SupersetInstance Two => _instances.All[1];

    [Fact]
    public async Task OneThatIsSilentTwiceIsAskedNothingNewAndKeepsWhatItWorksOn()
    {
        Assert.False(IsLost(One));
        Assert.Equal(InstanceState.There, One.State);
        Assert.False(IsLost(One));
        Assert.Equal(InstanceState.Silent, One.State);
        for (var request = 0; request < 4; request++)
        {
            Assert.Same(Two, await _instances.EnterAsync(but: null, TestContext.Current.CancellationToken));
        }

        _instances.Answered(One, isWell: true);
        Assert.Equal(InstanceState.There, One.State);
    }

    [Fact]
    public void OneThatAnswersNobodyForAsLongAsAQuestionMayTakeIsGivenUp()
    {
        Assert.False(IsLost(One));
        Assert.False(IsLost(One));
        _clock.Elapse(Longest);
        Assert.True(IsLost(One));
    }

    [Fact]
    public void OneThatAnswersOthersIsBusy()
    {
        for (var question = 0; question < 20; question++)
        {
            var since = _clock.GetTimestamp();
            _clock.Elapse(TimeSpan.FromSeconds(5));
            _instances.Answered(One, isWell: true);
            Assert.False(_instances.IsLost(One, since));
        }

        Assert.Equal(InstanceState.There, One.State);
    }

    [Fact]
    public void BothAreNeverGivenUp()
    {
        for (var question = 0; question < 20; question++)
        {
            _clock.Elapse(TimeSpan.FromSeconds(6));
            Assert.Equal((false, false), (IsLost(One), IsLost(Two)));
        }

        Assert.Equal((InstanceState.Silent, InstanceState.Silent), (One.State, Two.State));
    }

    [Fact]
    public async Task OneThatIsSilentIsAskedRatherThanOneThatIsAway()
    {
        _instances.Leave(Two, "a test");
        Assert.False(IsLost(One));
        Assert.False(IsLost(One));
        Assert.Same(One, await _instances.EnterAsync(but: null, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void OneAloneThatAnswersAgainIsThere()
    {
        using var alone = TestInstances.Create(_clock, "http://one.invalid");
        alone.Leave(alone.All[0], "a test");
        alone.Answered(alone.All[0], isWell: true);
        Assert.Equal(InstanceState.There, alone.All[0].State);
    }

    public void Dispose() => _instances.Dispose();

    private bool IsLost(SupersetInstance instance) => _instances.IsLost(instance, _clock.GetTimestamp());
}
