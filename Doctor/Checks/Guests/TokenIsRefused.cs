using EmbedStack.Doctor.Patients;

namespace EmbedStack.Doctor.Checks.Guests;

internal sealed class TokenIsRefused() : StackCheck(
    "guest-refused",
    "Every guest is answered 401 or 403, with a token that was just made.",
    "What makes the token and what verifies it disagree: another audience (GUEST_TOKEN_JWT_AUDIENCE), another secret, or a revocation.",
    "Set an explicit audience on both sides; ./embedstack rotate guest-token-secret finishes an interrupted rotation.")
{
    protected override async Task<Verdict> ExamineAsync(StackPatient stack)
    {
        List<string> seen = [];
        foreach (var mint in await stack.Guests.WithTokensAsync())
        {
            var roles = await stack.Embed.GetAsync("api/v1/me/roles/", mint.Shown);
            if (roles.Status == 403 && GuestRoleLacksPermissions.MissingOf(await stack.Contents).Any())
            {
                throw new NotExaminedException("the guests' role lacks permissions");
            }

            if (roles.Expect(200, 401, 403, 502).Status != 200)
            {
                seen.Add($"the token of '{mint.Key}' was answered {roles.Status} {roles.Problem}".TrimEnd());
            }
        }

        return Verdict.Of(seen);
    }
}
