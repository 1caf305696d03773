using EmbedStack.AppHost.Status;

namespace EmbedStack.AppHost.ModelTests.Status;

public sealed class WhereTheStackStands
{
    private readonly ContainerResource _server = new("server");
    private readonly ExecutableResource _job = new("job", "true", ".");
    private readonly ContainerResource _site = new("site");
    private readonly StackStatus _status;

    public WhereTheStackStands()
    {
        _job.Annotations.Add(new WaitAnnotation(_server, WaitType.WaitUntilHealthy));
        _site.Annotations.Add(new WaitAnnotation(_job, WaitType.WaitForCompletion));
        _status = new StackStatus(new DistributedApplicationModel([_server, _job, _site]));
    }

    [Fact]
    public void AStackStartsUntilAllServersRunAndAllJobsAreDone()
    {
        Assert.Equal("starting", _status.State);

        Report(_server, "Running");
        Report(_site, "Running");
        Assert.Equal("starting", _status.State);

        Report(_job, "Finished", exitCode: 0);
        Assert.Equal("running", _status.State);
    }

    [Fact]
    public void AJobThatEndsWithAnErrorFailsTheStack()
    {
        Report(_server, "Running");
        Report(_job, "Finished", exitCode: 3);
        Report(_site, "FailedToStart");

        Assert.Equal("failed", _status.State);
        Assert.Equal(_job, Assert.Single(_status.RootFailures).Resource);
    }

    [Fact]
    public void AJobThatWasStoppedIsNotDone()
    {
        Report(_job, "Finished", exitCode: -1);

        Assert.Equal("failed", _status.State);
    }

    [Fact]
    public void AServerThatEndsFailsTheStart()
    {
        Report(_server, "Exited", exitCode: 0);

        Assert.Equal("failed", _status.State);
    }

    [Fact]
    public void AStackThatRanIsNotFailedByALaterStop()
    {
        AStackStartsUntilAllServersRunAndAllJobsAreDone();

        Report(_site, "Exited", exitCode: 0);

        Assert.Equal("running", _status.State);
    }

    [Fact]
    public void AReportThatSaysNothingNewKeepsTheTime()
    {
        Assert.True(Report(_server, "Running", seconds: 5));
        Assert.False(Report(_server, "Running", seconds: 9));

        Assert.Equal(TimeSpan.FromSeconds(5), _status.Resources.Single(status => status.Resource == _server).Since);
    }

    [Theory]
    [InlineData("Starting")]
    [InlineData("FailedToStart")]
    [InlineData("Exited")]
    public void WhatIsOptionalIsNotWaitedForAndFailsNothing(string state)
    {
        _site.Annotations.Add(new OptionalPartAnnotation());
        Report(_server, "Running");
        Report(_site, state, exitCode: state == "Exited" ? 1 : null);
        Assert.Equal("starting", _status.State);

        Report(_job, "Finished", exitCode: 0);

        Assert.Equal("running", _status.State);
        Assert.Empty(_status.RootFailures);
        Assert.Contains(_status.Resources, status => status.Resource == _site);
    }

    [Fact]
    public void WhatIsHiddenIsNotWaitedFor()
    {
        Report(_server, "Running");
        Report(_job, "Finished", exitCode: 0);
        Report(_site, "Starting", isHidden: true);

        Assert.Equal("running", _status.State);
        Assert.DoesNotContain(_status.Resources, status => status.Resource == _site);
    }

    private bool Report(IResource resource, string state, int? exitCode = null, int seconds = 1, bool isHidden = false) => _status.Update(
        new ResourceEvent(resource, resource.Name, new CustomResourceSnapshot
        {
            ResourceType = "Test",
            Properties = [],
            State = state,
            ExitCode = exitCode,
            IsHidden = isHidden,
        }),
        TimeSpan.FromSeconds(seconds));
}
