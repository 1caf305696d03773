using EmbedStack.Doctor.Patients;

namespace EmbedStack.Doctor.Checks.Handshake;

internal sealed class RequestsAreLimited() : Check(
    "rate-limited",
    "Under load dashboards fail by 429.",
    "A limit by address counts a server's requests as one person's: Superset's own, or one in front of it; or somebody asks more than the Api allows.",
    "Set RATELIMIT_ENABLED = False in Superset where only a server reaches it; keep the login until it ends, one a process.")
{
    public override async Task<Verdict> ExamineAsync(Patient patient)
    {
        List<Reply> answers = [await patient.Login];
        if (answers[0].Status == 200)
        {
            answers.Add(await patient.Csrf);
        }

        if (patient is StackPatient stack && (await stack.Guests.SignIn).Status == 200 && (await stack.Guests.Listed).Status == 200)
        {
            answers.AddRange((await stack.Guests.Mints).Select(mint => mint.Answer));
        }

        return Verdict.Of(answers.Where(answer => answer.Status == 429).Select(answer => $"{answer.Request} answered 429").Distinct());
    }
}
