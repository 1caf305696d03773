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
        return mints.Count == 0
            ? Verdict.Found("the Api lists no dashboard for a clinic's staff")
            : Verdict.Of(mints.Where(mint => mint.Token is null && !Others.Contains(mint.Answer.Problem))
                .Select(mint => $"'{mint.Key}': {mint.Answer.Status} {mint.Answer.Problem}"));
    }
}
