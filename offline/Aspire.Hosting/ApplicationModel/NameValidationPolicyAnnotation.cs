using System.Diagnostics;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Which names a resource may have.</summary>
[DebuggerDisplay("Type = {GetType().Name,nq}")]
public sealed class NameValidationPolicyAnnotation : IResourceAnnotation
{
    /// <summary>The rules for resources that say nothing else.</summary>
    public static readonly NameValidationPolicyAnnotation Default = new();

    /// <summary>No rules.</summary>
    public static readonly NameValidationPolicyAnnotation None = new()
    {
        MaxLength = null,
        ValidateStartsWithLetter = false,
        ValidateAllowedCharacters = false,
        ValidateNoConsecutiveHyphens = false,
        ValidateNoTrailingHyphen = false,
    };

    /// <summary>The most characters, or null for any number.</summary>
    public int? MaxLength { get; init; } = 64;

    /// <summary>Whether it must start with a letter.</summary>
    public bool ValidateStartsWithLetter { get; init; } = true;

    /// <summary>Whether only ASCII letters, digits and hyphens are allowed.</summary>
    public bool ValidateAllowedCharacters { get; init; } = true;

    /// <summary>Whether two hyphens in a row are refused.</summary>
    public bool ValidateNoConsecutiveHyphens { get; init; } = true;

    /// <summary>Whether a hyphen at the end is refused.</summary>
    public bool ValidateNoTrailingHyphen { get; init; } = true;
}
