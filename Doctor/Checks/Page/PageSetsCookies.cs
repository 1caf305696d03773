using EmbedStack.Doctor.Patients;

namespace EmbedStack.Doctor.Checks.Page;

internal sealed class PageSetsCookies() : StackCheck(
    "third-party-cookies",
    "A login page stands in the frame, or the dashboard opens in some browsers only.",
    "Browsers block third-party cookies: what needs a session in a frame fails there.",
    "Embed /embedded/UUID with a guest token, never /superset/dashboard/; let nothing set or need cookies at the embed origin.")
{
    protected override async Task<Verdict> ExamineAsync(StackPatient stack)
    {
        var page = (await stack.Page).Answer.Expect(200);
        return page.Headers["Set-Cookie"].Any() ? Verdict.Found("the embed origin sets a cookie with the page") : Verdict.Ok;
    }
}
