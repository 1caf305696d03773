namespace EmbedStack.ServiceDefaults.Jobs;

/// <summary>What a job is called, and what it says once stopped.</summary>
/// <param name="Name">The resource's name: it begins each line of failure and names the trace.</param>
/// <param name="Instrumentation">Name of the job's own <c>ActivitySource</c> and <c>Meter</c>.</param>
/// <param name="Stopped">The line of failure where a signal ended the work early.</param>
public sealed record JobIdentity(string Name, string Instrumentation, string Stopped);
