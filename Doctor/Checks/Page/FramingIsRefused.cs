using EmbedStack.Doctor.Patients;

namespace EmbedStack.Doctor.Checks.Page;

internal sealed class FramingIsRefused() : Check(
    "framing",
    "The browser says \"refused to connect\" or \"refused to display in a frame\"; the frame is empty.",
    "The page's frame-ancestors lacks the host's origin, or X-Frame-Options is sent: by Talisman's defaults, or by a proxy.",
    "Copy the whole TALISMAN_CONFIG with frame-ancestors and frame_options = None; take the proxy's own header away.")
{
    public override async Task<Verdict> ExamineAsync(Patient patient)
    {
        var page = await patient.Page;
        if (page.Answer.Status != 200)
        {
            return Verdict.Found($"Superset gives the page, and browsers are answered {page.Answer.Status}");
        }

        List<string> seen = [];
        if (page.Answer.Header("X-Frame-Options") is { } options)
        {
            seen.Add($"X-Frame-Options: {options} is sent");
        }

        switch (page.FrameAncestors)
        {
            case null:
                seen.Add("the page's policy does not say who may frame it");
                break;
            case { } hosts when patient is StackPatient stack && !hosts.SequenceEqual([stack.Origin]):
                seen.Add($"the page may be framed by {string.Join(' ', hosts)}, not by {stack.Origin}");
                break;
            case { } hosts when hosts.Contains("*"):
                seen.Add("the page may be framed by everybody");
                break;
        }

        return Verdict.Of(seen);
    }
}
