using EmbedStack.AppHost.Tests.Stack;

namespace EmbedStack.AppHost.Tests.Leak.Questions;

/// <summary>Who may open what, and in which order people ask, by the product's promise.</summary>
internal static class Entitlements
{
    public static readonly IReadOnlyDictionary<string, string[]> Roles = new Dictionary<string, string[]>
    {
        ["clinic"] = ["admin"],
        ["clinician"] = ["clinician"],
        ["network"] = ["network"],
        ["appointments"] = ["admin", "clinician", "staff"],
        ["revenue"] = ["admin"],
        ["staff-utilisation"] = ["admin", "clinician"],
        ["outcomes"] = ["admin", "clinician"],
        ["operations-hub"] = ["admin", "staff"],
    };

    /// <summary>Datasets that a role meets on its dashboards.</summary>
    public static readonly IReadOnlyList<(string Dataset, string Role)> Datasets =
    [
        ("appointments", "admin"), ("appointments", "clinician"), ("appointments", "staff"),
        ("revenue", "admin"), ("revenue", "clinician"),
        ("staff_utilisation", "admin"), ("staff_utilisation", "clinician"), ("staff_utilisation", "staff"),
        ("outcomes", "admin"), ("outcomes", "clinician"),
        ("benchmarks", "clinician"), ("benchmarks", "network"),
        ("network_daily", "network"),
    ];

    /// <summary>Dashboards that several roles of a clinic open, who see different rows there.</summary>
    public static readonly IReadOnlyList<string> Shared = [.. Roles.Where(entry => entry.Value.Length > 1).Select(entry => entry.Key)];

    /// <summary>A clinic in shared tables, one with a schema and one with a database of its own, each with two clinicians.</summary>
    public static readonly IReadOnlyList<string> Clinics = ["northside", "manly", "hurstville"];

    private static readonly Person[] Colleagues =
    [
        Person.NorthsideAdministrator, Person.NorthsideClinician, Person.NorthsideOtherClinician, Person.NorthsideStaff,
        Person.ManlyAdministrator, Person.ManlyClinician, Person.ManlyOtherClinician, Person.ManlyStaff,
        Person.HurstvilleAdministrator, Person.HurstvilleClinician, Person.HurstvilleOtherClinician, Person.HurstvilleStaff,
    ];

    /// <summary>Colleagues of one clinic who may open a dashboard: an administrator first, clinicians, the front desk.</summary>
    public static Person[] ColleaguesOn(string dashboard, string clinic) =>
        [.. Colleagues.Where(person => person.Tenant == clinic && Roles[dashboard].Contains(person.Role))];

    /// <summary>The clinicians of a clinic who sign in.</summary>
    public static Person[] CliniciansOf(string clinic) => [.. Colleagues.Where(person => person.Tenant == clinic && person.Role == "clinician")];

    public static IEnumerable<string> DashboardsOf(string role) => Roles.Where(entry => entry.Value.Contains(role)).Select(entry => entry.Key);

    /// <summary>The first person, whom the others must not resemble: shared tables, a schema and a database of its own.</summary>
    public static Person[] PersonsOf(string role) => role switch
    {
        "admin" => [Person.NorthsideAdministrator, Person.HarbourAdministrator, Person.ManlyAdministrator, Person.HurstvilleAdministrator],
        "clinician" => [Person.NorthsideClinician, Person.HarbourClinician, Person.NorthsideOtherClinician, Person.ManlyClinician, Person.HurstvilleClinician],
        "staff" => [Person.NorthsideStaff, Person.HarbourStaff, Person.ManlyStaff, Person.HurstvilleStaff],
        "network" => [Person.Leadership],
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "Nobody has this role."),
    };
}
