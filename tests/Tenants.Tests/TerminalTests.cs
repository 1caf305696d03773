using EmbedStack.ServiceDefaults.Jobs;

namespace EmbedStack.Tenants.Tests;

public sealed class TerminalTests
{
    [Fact]
    public void NameThatIsTypedConfirms()
    {
        using var output = new StringWriter();
        new Terminal(new StringReader(" lakeside \n"), output, unattended: false).Confirm("Erasing 'Lakeside'", "lakeside");
        Assert.Equal("Erasing 'Lakeside' cannot be undone. Type lakeside to go on: ", output.ToString());
    }

    [Theory]
    [InlineData("yes\n", false, "nothing was erased")]
    [InlineData("", false, "nothing was erased")]
    [InlineData("lakeside\n", true, "add --yes")]
    public void AnythingElseDoesNot(string typed, bool unattended, string cause)
    {
        var refusal = Assert.Throws<JobException>(() => new Terminal(new StringReader(typed), TextWriter.Null, unattended).Confirm("It", "lakeside"));
        Assert.Contains(cause, refusal.Message, StringComparison.Ordinal);
    }
}
