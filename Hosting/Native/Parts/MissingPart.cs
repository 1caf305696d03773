namespace Aspire.Hosting.ApplicationModel;

/// <summary>
/// Something that a native resource needs and that the machine does not have.
/// </summary>
/// <param name="Resource">The name of the resource.</param>
/// <param name="Part">What is missing, as a person would name it.</param>
/// <param name="Cause">Where it was looked for, or what is wrong with what is there.</param>
/// <param name="NextStep">The command that sets it up, or <see langword="null"/> where none is known.</param>
public sealed record MissingPart(string Resource, string Part, string Cause, string? NextStep)
{
    /// <summary>
    /// Says what is missing, why and what to do, in one line.
    /// </summary>
    /// <returns>The line.</returns>
    public override string ToString() =>
        $"{Resource}: {Part} is missing: {Cause}.{(NextStep is null ? "" : $" Run: {NextStep}")}";
}
