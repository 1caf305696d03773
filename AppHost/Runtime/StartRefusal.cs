using System.Reflection;

namespace EmbedStack.AppHost.Runtime;

/// <summary>The stack cannot start; the message is one line that says what to do.</summary>
internal sealed class StartRefusal : DistributedApplicationException
{
    private StartRefusal(string message)
        : base(message)
    {
    }

    /// <summary>
    /// Ends the AppHost with the line and exit code 1, since nobody should read a stack trace to learn what to set up.
    /// Where a test runs the AppHost within its own process, this is what it throws.
    /// </summary>
    public static StartRefusal Because(string line)
    {
        if (Assembly.GetEntryAssembly() == typeof(StartRefusal).Assembly)
        {
            Console.Error.WriteLine($"embedstack: {line}");
            Environment.Exit(1);
        }

        return new StartRefusal(line);
    }
}
