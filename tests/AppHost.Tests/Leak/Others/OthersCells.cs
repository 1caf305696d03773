using System.Text.Json;
using EmbedStack.AppHost.Tests.Leak.Asking;
using EmbedStack.AppHost.Tests.Leak.Oracle;
using EmbedStack.AppHost.Tests.Leak.Questions;
using EmbedStack.AppHost.Tests.Stack;

namespace EmbedStack.AppHost.Tests.Leak.Others;

/// <summary>
/// What no answer to a person may hold: other clinics' keys and names, their staff's ids and names, their patients'
/// numbers and names. Built from the databases, so that it knows them all.
/// </summary>
internal sealed class OthersCells(HashSet<string> own, HashSet<string> texts, string[] names, HashSet<string> staff, HashSet<string> patients)
{
    private const string PatientColumn = "patient_id";
    private const string StaffColumn = "staff_name";

    private static readonly Once<Person, OthersCells> Known = new(async (stack, person) => From(await ClinicPeople.ReadAsync(stack), person));

    public static Task<OthersCells> OfAsync(StackFixture stack, Person person) => Known.OfAsync(stack, person);

    /// <summary>Cells of an answer that are somebody else's.</summary>
    public IReadOnlyList<string> In(Answer answer) => [.. Cells(answer)
        .Distinct()
        .Where(cell => IsForeign(cell.Text) || (cell.Column == PatientColumn && patients.Contains(cell.Text)) || (cell.Column == StaffColumn && staff.Contains(cell.Text)))
        .Select(cell => $"{cell.Column}: {cell.Text}")];

    // Leadership compares the clinics: their names are its own, their people are not.
    private static OthersCells From(IReadOnlyList<ClinicPeople> people, Person person)
    {
        var others = people.Where(one => one.Tenant != person.Tenant).ToArray();
        var own = people.Where(one => one.Tenant == person.Tenant).SelectMany(one => one.Texts).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var names = others.SelectMany(one => person.Role == "network" ? one.StaffTexts : one.Names).Where(name => !own.Contains(name)).ToArray();
        var texts = names.Concat(others.SelectMany(one => one.PatientNames).Where(name => !own.Contains(name)));
        // Of thousands of patients somebody is called like anybody; of colleagues nobody is.
        var colleagues = people.Where(one => one.Tenant == person.Tenant).SelectMany(one => one.StaffTexts).ToHashSet();
        var staff = others.SelectMany(one => one.StaffTexts).Where(name => !colleagues.Contains(name)).ToHashSet();
        return new OthersCells(own, texts.ToHashSet(StringComparer.OrdinalIgnoreCase), names, staff, [.. others.SelectMany(one => one.Patients)]);
    }

    // Names repeat and contain one another: "Dr A B" here, "A B" there. A series' label joins its values; in longer texts names are searched for, which are few beside the patients.
    private bool IsForeign(string text) =>
        text.Any(char.IsLetter) && !own.Contains(text) && (texts.Contains(text) || text.Split(", ").Any(texts.Contains) || names.Any(name => HasWord(text, name)));

    private static bool HasWord(string text, string word)
    {
        var at = text.IndexOf(word, StringComparison.OrdinalIgnoreCase);
        return at >= 0
            && (at == 0 || !char.IsLetterOrDigit(text[at - 1]))
            && (at + word.Length == text.Length || !char.IsLetterOrDigit(text[at + word.Length]));
    }

    private static IEnumerable<(string Column, string Text)> Cells(Answer answer) =>
        answer.Body.StartsWith('{') ? Cells(JsonDocument.Parse(answer.Body).RootElement, "") : Csv.Read(answer.Body).SelectMany(line => line, (_, cell) => ("cell", cell));

    private static IEnumerable<(string Column, string Text)> Cells(JsonElement element, string column) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => Cells(member.Value, member.Name).Append(("label", member.Name))),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(item => Cells(item, column)),
        _ => [(column, Cell.Of(element))],
    };
}
