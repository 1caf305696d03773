using System.Globalization;
using EmbedStack.Doctor.Patients;

namespace EmbedStack.Doctor.Checks.Guests;

internal sealed class TokenIsNotRenewed() : StackCheck(
    "token-renewal",
    "After minutes charts fail until the page is loaded again.",
    "The page is given a token that ends at once: the same as before, one of the past by a wrong clock, or one that lives too short to be renewed.",
    "Mint anew on each call of the SDK, let tokens live a minute at least, and set the clocks of all machines.")
{
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(30);

    protected override async Task<Verdict> ExamineAsync(StackPatient stack)
    {
        List<string> seen = [];
        foreach (var mint in await stack.Guests.WithTokensAsync())
        {
            var end = mint.Answer.Member("expires_at");
            if (!DateTimeOffset.TryParse(end, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var expires))
            {
                seen.Add($"the token of '{mint.Key}' does not say when it ends");
            }
            else if (expires - DateTimeOffset.UtcNow < Least)
            {
                seen.Add($"the token of '{mint.Key}' ends in {(expires - DateTimeOffset.UtcNow).TotalSeconds:0} s by this machine's clock");
            }
        }

        return Verdict.Of(seen);
    }
}
