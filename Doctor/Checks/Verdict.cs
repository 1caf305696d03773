namespace EmbedStack.Doctor.Checks;

/// <summary>What a check came to.</summary>
internal enum Finding
{
    /// <summary>The symptom is not there.</summary>
    Ok,

    /// <summary>The symptom is there, or its cause.</summary>
    Found,

    /// <summary>The symptom cannot be there.</summary>
    NotApplicable,

    /// <summary>Nobody can tell, because something else is wrong.</summary>
    NotExamined,
}

/// <summary>What a check came to, and what it saw.</summary>
/// <param name="Finding">What it came to.</param>
/// <param name="Seen">One line without secrets; why it was not examined, where it was not.</param>
internal sealed record Verdict(Finding Finding, string Seen = "")
{
    public static Verdict Ok { get; } = new(Finding.Ok);

    public static Verdict Found(string seen) => new(Finding.Found, seen);

    public static Verdict NotApplicable(string why) => new(Finding.NotApplicable, why);

    /// <summary>Found where there is something on the list, which is named, the first few of it.</summary>
    public static Verdict Of(IEnumerable<string> seen)
    {
        string[] all = [.. seen];
        return all.Length switch
        {
            0 => Ok,
            <= 3 => Found(string.Join("; ", all)),
            _ => Found($"{string.Join("; ", all[..3])}; and {all.Length - 3} more"),
        };
    }
}
