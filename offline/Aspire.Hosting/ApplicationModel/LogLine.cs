namespace Aspire.Hosting.ApplicationModel;

/// <summary>A line of a resource's log.</summary>
/// <param name="LineNumber">Its number, from 1.</param>
/// <param name="Content">Its text, with a timestamp before it.</param>
/// <param name="IsErrorMessage">Whether it came from standard error.</param>
public readonly record struct LogLine(int LineNumber, string Content, bool IsErrorMessage);

/// <summary>Whether anybody reads a log.</summary>
/// <param name="Name">The resource instance's id.</param>
/// <param name="AnySubscribers">Whether anybody does.</param>
public readonly record struct LogSubscriber(string Name, bool AnySubscribers);
