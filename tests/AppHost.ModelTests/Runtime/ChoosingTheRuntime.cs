using EmbedStack.AppHost.Runtime;

namespace EmbedStack.AppHost.ModelTests.Runtime;

public sealed class ChoosingTheRuntime
{
    private readonly List<string> _asked = [];

    [Fact]
    public void AutoTakesContainersWhereTheImagesAreThere() =>
        Assert.Equal(RuntimeChoice.Container, Choose(answers: true, present: true, standIn: false, pullable: false));

    [Fact]
    public void AutoTakesContainersWhereTheImagesCanBePulled() =>
        Assert.Equal(RuntimeChoice.Container, Choose(answers: true, present: false, standIn: false, pullable: true));

    [Fact]
    public void AutoIsNativeWhereNoContainerRuntimeAnswers() =>
        Assert.Equal(RuntimeChoice.Native, Choose(answers: false, present: true, standIn: false, pullable: true));

    [Fact]
    public void AutoIsNativeWhereImagesAreNeitherThereNorPullable() =>
        Assert.Equal(RuntimeChoice.Native, Choose(answers: true, present: false, standIn: false, pullable: false));

    [Fact]
    public void AutoDoesNotCountLocallyMadeStandIns() =>
        Assert.Equal(RuntimeChoice.Native, Choose(answers: true, present: true, standIn: true, pullable: false));

    [Theory]
    [InlineData("native")]
    [InlineData("container")]
    public void AChoiceByNameIsNotQuestioned(string name)
    {
        var choice = Enum.Parse<RuntimeChoice>(name, ignoreCase: true);

        Assert.Equal(choice, StackRuntimeExtensions.Choose(choice, Probe(answers: false, present: false, standIn: false, pullable: false)));
        Assert.Empty(_asked);
    }

    [Fact]
    public void TheMachineIsAskedOnce()
    {
        var probe = Probe(answers: true, present: true, standIn: false, pullable: false);

        probe.ContainersWork(Versions.Images);
        var asked = _asked.Count;
        probe.ContainersWork(Versions.Images);

        Assert.Equal(asked, _asked.Count);
    }

    [Fact]
    public void ACommandThatHangsHasNotSucceeded()
    {
        var output = Command.Run("sleep", ["30"], TimeSpan.FromMilliseconds(200));

        Assert.False(output.Succeeded);
    }

    [Fact]
    public void ACommandThatIsMissingHasNotSucceeded() =>
        Assert.False(Command.Run("no-such-program", [], TimeSpan.FromSeconds(5)).Succeeded);

    private RuntimeChoice Choose(bool answers, bool present, bool standIn, bool pullable) =>
        StackRuntimeExtensions.Choose(RuntimeChoice.Auto, Probe(answers, present, standIn, pullable));

    private ContainerProbe Probe(bool answers, bool present, bool standIn, bool pullable) => new((program, arguments, _) =>
    {
        _asked.Add($"{program} {arguments[0]}");
        return arguments[0] switch
        {
            "version" or "info" => new CommandOutput(answers, answers ? "29.0.1" : ""),
            "image" => new CommandOutput(present, standIn ? "true" : ""),
            "manifest" => new CommandOutput(pullable, ""),
            _ => throw new ArgumentException($"not a question: {program} {string.Join(' ', arguments)}"),
        };
    });
}
