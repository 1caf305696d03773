using EmbedStack.Doctor.Patients;

namespace EmbedStack.Doctor.Checks.Guests;

internal sealed class WrongTokenIsTaken() : StackCheck(
    "expired-token",
    "An export or a chart still answers after the token has ended, perhaps with everybody's rows.",
    "Who shows a token that does not hold is taken for somebody else, a session or Public, who may read.",
    "Answer 401 to every token that does not hold, and let Public read nothing.")
{
    // Of the right form, and nobody's.
    private const string Nobodys = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJub2JvZHkiLCJleHAiOjF9.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    protected override async Task<Verdict> ExamineAsync(StackPatient stack)
    {
        List<string> seen = [];
        foreach (var (peer, asked) in new[] { (stack.Embed, "the embed origin"), (stack.Superset, "Superset") })
        {
            var answer = await peer.GetAsync("api/v1/me/roles/", ("X-GuestToken", Nobodys));
            if (answer.Status == 200)
            {
                seen.Add($"{asked} answers to a token that ended long ago");
            }
        }

        return Verdict.Of(seen);
    }
}
