namespace EmbedStack.Doctor;

/// <summary>The page that explains each symptom, one heading a symptom.</summary>
internal static class DoctorPage
{
    /// <summary>Where the page is, from the repository's root; <c>Doctor:Page</c> says it otherwise, such as where it is published.</summary>
    public const string Default = "docs/doctor.md";
}
