using EmbedStack.Doctor.Checks;
using EmbedStack.Doctor.Checks.Contents;
using EmbedStack.Doctor.Checks.Guests;
using EmbedStack.Doctor.Checks.Handshake;
using EmbedStack.Doctor.Checks.Page;
using EmbedStack.Doctor.Checks.Parts;
using EmbedStack.Doctor.Patients;

namespace EmbedStack.Doctor;

/// <summary>A check and what it came to.</summary>
internal sealed record Examined(Check Check, Verdict Verdict);

/// <summary>All checks, one after another: what is wrong deeper down comes first.</summary>
internal static class Examination
{
    public static IReadOnlyList<Check> Checks { get; } =
    [
        .. PartIsAway.All,
        new LoginIsRefused(), new RequestsAreLimited(), new BearerIsLost(), new SubjectIsNoText(), new CsrfTokenIsMissing(), new GuestTokenAddress(),
        new ServiceAccountRoles(),
        new EmbeddedIdIsUnknown(), new PageIsRefused(), new FramingIsRefused(), new PageSetsCookies(), new OriginsAreOneSite(), new SupersetHasASubPath(),
        new AsyncQueriesAreOn(), new CacheIsShared(), new LargeExportsAreStreamed(), new LanguageIsMissing(),
        new NumbersAreStale(), new ChartHasNoQuery(), new DatasetIsAQuery(), new DatasetIsUncovered(), new DashboardHasTooManyCharts(),
        new GuestRoleLacksPermissions(), new GuestRoleHasTooMuch(), new GuestRoleOpensData(), new AnonymousMayRead(),
        new NobodyCanSignIn(), new MintIsRefused(), new TokenIsTooLarge(), new TokenIsNotRenewed(), new TokenIsRefused(), new WrongTokenIsTaken(),
        new DatasetsAreRefused(), new ChartIsRefused(),
    ];

    public static async Task<IReadOnlyList<Examined>> OfAsync(Patient patient, CancellationToken cancellation)
    {
        List<Examined> examined = [];
        foreach (var check in Checks)
        {
            cancellation.ThrowIfCancellationRequested();
            examined.Add(new Examined(check, await ExamineAsync(check, patient)));
        }

        return examined;
    }

    private static async Task<Verdict> ExamineAsync(Check check, Patient patient)
    {
        try
        {
            return await check.ExamineAsync(patient);
        }
        catch (NotExaminedException problem)
        {
            return new Verdict(Finding.NotExamined, problem.Message);
        }
        catch (Exception problem) when (problem is InvalidOperationException or FormatException or System.Text.Json.JsonException or KeyNotFoundException)
        {
            // An answer of another form than Superset's: something else answers there.
            return new Verdict(Finding.NotExamined, "an answer could not be read");
        }
    }
}
