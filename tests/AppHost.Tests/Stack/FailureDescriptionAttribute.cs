using System.Reflection;
using EmbedStack.AppHost.Tests.Stack;
using Xunit.v3;

[assembly: FailureDescription]

namespace EmbedStack.AppHost.Tests.Stack;

/// <summary>A test that fails prints what the stack was doing: state, health and last log lines of each resource.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
internal sealed class FailureDescriptionAttribute : BeforeAfterTestAttribute
{
    // Where everything fails, the first tests tell why.
    private const int AtMost = 10;

    private static int described;

    public override void After(MethodInfo methodUnderTest, IXunitTest test)
    {
        if (TestContext.Current.TestState is { Result: TestResult.Failed } state
            && !(state.ExceptionMessages ?? []).Any(message => message.Contains(ResourceJournal.Title, StringComparison.Ordinal))
            && Interlocked.Increment(ref described) <= AtMost)
        {
            TestContext.Current.TestOutputHelper?.WriteLine(StackFixture.DescribeStarted());
        }
    }
}
