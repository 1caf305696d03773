using EmbedStack.ServiceDefaults.Jobs;

namespace EmbedStack.Authoring.Tests;

public sealed class RunningStackTests
{
    private const string Address = "url\tAuthors (Superset)\thttp://authors.localhost:5190\n";
    private const string Author = "user\t-\tauthor@embedstack.example\tsecret\tauthor\n";

    [Fact]
    public void AuthorAndAddressOfARunningStackAreFound()
    {
        var stack = Find($"state\trunning\n{Address}{Author}");

        Assert.Equal(new RunningStack(new Uri("http://authors.localhost:5190"), "author@embedstack.example", "secret"), stack);
    }

    [Fact]
    public void KeyOfThisMachinesOwnCertificateComesWithTheAddress() =>
        Assert.Equal("a pin=", Find($"state\trunning\n{Address}{Author}https\t/authority.crt\ta pin=\n").KeyPin);

    [Theory]
    [InlineData($"state\tstarting\n{Address}{Author}")]
    [InlineData($"state\trunning\n{Author}")]
    [InlineData($"state\trunning\n{Address}")]
    [InlineData("")]
    public void StackThatIsNotThatFarIsNone(string status) => AssertNone(() => Find(status));

    [Fact]
    public void WithoutAStatusFileThereIsNone()
    {
        AssertNone(() => RunningStack.Find(null));
        AssertNone(() => RunningStack.Find("/nonsense/status"));
    }

    private static void AssertNone(Action find) =>
        Assert.Equal("dashboards are drawn in a stack that runs, and none does. Next: ./embedstack up", Assert.Throws<JobException>(find).Message);

    private static RunningStack Find(string status)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, status);
            return RunningStack.Find(path);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
