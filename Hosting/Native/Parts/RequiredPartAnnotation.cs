using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Native;

/// <summary>A part that a native resource needs; <paramref name="problem"/> answers what is wrong with it, or nothing.</summary>
internal sealed class RequiredPartAnnotation(string part, Func<string?> problem) : IResourceAnnotation
{
    public string Part { get; } = part;

    public Func<string?> Problem { get; } = problem;
}
