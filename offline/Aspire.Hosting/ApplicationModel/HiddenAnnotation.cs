namespace Aspire.Hosting.ApplicationModel;

/// <summary>Hides a resource in the dashboard: always (null) or once it has ended with one of the exit codes.</summary>
internal sealed class HiddenAnnotation(IReadOnlyList<int>? exitCodes) : IResourceAnnotation
{
    internal bool Hides(CustomResourceSnapshot snapshot)
    {
        if (exitCodes is null)
        {
            return true;
        }

        var ended = snapshot.State?.Text == KnownResourceStates.Finished || snapshot.State?.Text == KnownResourceStates.Exited;
        return ended && snapshot.ExitCode is { } code && exitCodes.Contains(code);
    }
}
