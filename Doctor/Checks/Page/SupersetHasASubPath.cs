using EmbedStack.Doctor.Patients;

namespace EmbedStack.Doctor.Checks.Page;

internal sealed class SupersetHasASubPath() : Check(
    "sub-path",
    "The frame is empty: /api/v1/me/roles/ and the page's scripts answer 404.",
    "The page asks for its parts at the root of its origin, and Superset is served below a path.",
    "Give Superset, or what stands before it, a host of its own.")
{
    public override async Task<Verdict> ExamineAsync(Patient patient)
    {
        var common = (await patient.Page).Bootstrap;
        var root = (string?)common["application_root"] ?? "/";
        var path = patient.Browsers.Address.AbsolutePath;
        return Verdict.Of(new[] { root, path }.Where(where => where.Trim('/').Length > 0).Select(where => $"Superset is served below {where}").Distinct());
    }
}
