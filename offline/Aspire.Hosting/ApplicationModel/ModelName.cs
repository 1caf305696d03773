namespace Aspire.Hosting.ApplicationModel;

internal static class ModelName
{
    internal static void Validate(string target, string name)
        => Validate(target, name, NameValidationPolicyAnnotation.Default);

    internal static void Validate(string target, string name, NameValidationPolicyAnnotation policy)
    {
        if (Problem(name, policy) is { } problem)
        {
            throw new ArgumentException($"{target} name '{name}' is invalid. Name {problem}.", nameof(name));
        }
    }

    private static string? Problem(string name, NameValidationPolicyAnnotation policy)
    {
        if (policy.MaxLength is { } max && (name.Length == 0 || name.Length > max))
        {
            return $"must be between 1 and {max} characters long";
        }

        if (policy.ValidateNoConsecutiveHyphens && name.Contains("--", StringComparison.Ordinal))
        {
            return "cannot contain consecutive hyphens";
        }

        if (policy.ValidateAllowedCharacters && !name.All(c => c == '-' || char.IsAsciiLetterOrDigit(c)))
        {
            return "must contain only ASCII letters, digits, and hyphens";
        }

        if (policy.ValidateStartsWithLetter && name.Length > 0 && !char.IsAsciiLetter(name[0]))
        {
            return "must start with an ASCII letter";
        }

        return policy.ValidateNoTrailingHyphen && name.EndsWith('-') ? "cannot end with a hyphen" : null;
    }
}
