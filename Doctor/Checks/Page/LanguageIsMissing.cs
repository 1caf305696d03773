using EmbedStack.Doctor.Patients;

namespace EmbedStack.Doctor.Checks.Page;

internal sealed class LanguageIsMissing() : StackCheck(
    "language",
    "The dashboard's menus stay English.",
    "The page fetches its language without a token, and what stands before Superset, or Superset itself, does not give it.",
    "Build Superset with its translations and serve /superset/language_pack/ to everybody; see EdgeRoutes.")
{
    protected override async Task<Verdict> ExamineAsync(StackPatient stack)
    {
        var pack = await stack.Embed.GetAsync("superset/language_pack/de/");
        return pack.Status == 200 && pack.Json is not null ? Verdict.Ok : Verdict.Found($"German was answered {pack.Status}");
    }
}
