namespace EmbedStack.ServiceDefaults.Jobs;

/// <summary>A problem whose message alone tells the person at the terminal what to do.</summary>
/// <param name="message">One line, without secrets.</param>
/// <param name="inner">The cause, where there is one; it is not shown.</param>
public class JobException(string message, Exception? inner = null) : Exception(message, inner);
