using EmbedStack.Doctor.Patients;

namespace EmbedStack.Doctor.Checks.Guests;

internal sealed class TokenIsTooLarge() : StackCheck(
    "token-size",
    "Charts answer 400, 431 or 494, for some people only; or the mint answers 409.",
    "The guest token travels in a header and holds the rules: it outgrows what a server or proxy takes for one.",
    "Keep rules short (a tenant's key, and a table of assignments behind it); raise the header's limit on the way.")
{
    private const int Most = 4096;

    protected override async Task<Verdict> ExamineAsync(StackPatient stack) => Verdict.Of(
        (await stack.Guests.Mints).SelectMany(IEnumerable<string> (mint) => mint switch
        {
            { Answer.Problem: "token-too-large" } => [$"the rules of '{mint.Key}' do not fit into a token"],
            { Token.Length: > Most } => [$"the token of '{mint.Key}' has {mint.Token.Length} bytes"],
            _ => [],
        }));
}
