using EmbedStack.Doctor.Patients;

namespace EmbedStack.Doctor.Checks.Guests;

internal sealed class MintIsRefused() : StackCheck(
    "mint-refused",
    "The app says that the dashboard cannot be opened now, or is not there.",
    "The Api makes no guest token: embedding is switched off or revoked, nothing is granted to the role, or Superset refused the Api's account or assertion.",
    "Look at the app's page Switches and Revocations, at the other findings, and at the audit: each refusal stands there with its reason.")
{
    // These have checks of their own.
    private static readonly string[] Others = ["uncovered-dataset", "token-too-large", "too-many-requests"];

    protected override async Task<Verdict> ExamineAsync(StackPatient stack)
    {
        var mints = await stack.Guests.Mints;
        if (mints.Count == 0)
        {
            return Verdict.Found("the Api lists no dashboard for a clinic's staff");
        }

        var refused = mints.Where(mint => mint.Token is null && !Others.Contains(mint.Answer.Problem)).ToArray();
        return refused.All(mint => mint.Answer.Status >= 500) && refused.Length > 0 && stack.Facts.IsAPartAway
            ? throw new NotExaminedException("a part of the stack is away")
            : Verdict.Of(refused.Select(mint => $"'{mint.Key}': {mint.Answer.Status} {mint.Answer.Problem}"));
    }
}
