using EmbedStack.Doctor.Patients;

namespace EmbedStack.Doctor.Checks;

/// <summary>One symptom: how to see it, why it comes, what to do about it.</summary>
/// <param name="slug">Its heading on the doctor's page.</param>
/// <param name="symptom">What somebody in front of a page sees.</param>
/// <param name="cause">What it comes from.</param>
/// <param name="fix">What to do.</param>
internal abstract class Check(string slug, string symptom, string cause, string fix)
{
    public string Slug => slug;

    public string Symptom => symptom;

    public string Cause => cause;

    public string Fix => fix;

    /// <exception cref="NotExaminedException">Something else is in the way.</exception>
    public abstract Task<Verdict> ExamineAsync(Patient patient);
}

/// <summary>A symptom of this product's own parts: no other Superset has them.</summary>
internal abstract class StackCheck(string slug, string symptom, string cause, string fix) : Check(slug, symptom, cause, fix)
{
    public sealed override async Task<Verdict> ExamineAsync(Patient patient) =>
        patient is StackPatient stack ? await ExamineAsync(stack) : Verdict.NotApplicable("seen in a stack of EmbedStack only");

    protected abstract Task<Verdict> ExamineAsync(StackPatient stack);
}
