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
internal sealed class OthersCells(HashSet<string> texts, HashSet<string> patients)
{
    private const string PatientColumn = "patient_id";

    private static readonly Dictionary<Person, OthersCells> Known = [];

    public static async Task<OthersCells> OfAsync(StackFixture stack, Person person)
    {
        if (!Known.TryGetValue(person, out var cells))
        {
            // Leadership compares the clinics: their names are its own, their people are not.
            var network = person.Role == "network";
            var people = await ClinicPeople.ReadAsync(stack);
            var own = people.Where(one => one.Tenant == person.Tenant).ToArray();
            var others = people.Where(one => one.Tenant != person.Tenant).ToArray();
            var ownTexts = own.SelectMany(one => one.Texts).ToHashSet(StringComparer.OrdinalIgnoreCase);
            var texts = others.SelectMany(one => network ? one.StaffTexts.Concat(one.PatientNames) : one.Texts).Where(text => !ownTexts.Contains(text));
            Known[person] = cells = new OthersCells(
                texts.ToHashSet(StringComparer.OrdinalIgnoreCase), others.SelectMany(one => one.Patients).ToHashSet());
        }

        return cells;
    }

    /// <summary>Cells of an answer that are somebody else's.</summary>
    public IReadOnlyList<string> In(Answer answer) =>
        answer.Body.StartsWith('{') ? InJson(JsonDocument.Parse(answer.Body).RootElement) : [.. Csv.Read(answer.Body).SelectMany(line => line).Where(IsForeign)];

    private string[] InJson(JsonElement root) => [.. Cells(root, "").Where(cell => IsForeign(cell.Text) || (cell.Column == PatientColumn && patients.Contains(cell.Text))).Select(cell => $"{cell.Column}: {cell.Text}").Distinct()];

    // Whole cells are looked up; a longer text, such as a series' label, is searched for names.
    private bool IsForeign(string text) =>
        texts.Contains(text) || (text.Length > 3 && text.Any(char.IsLetter) && texts.Any(foreign => foreign.Length > 3 && HasWord(text, foreign)));

    private static bool HasWord(string text, string word)
    {
        var at = text.IndexOf(word, StringComparison.OrdinalIgnoreCase);
        return at >= 0
            && (at == 0 || !char.IsLetterOrDigit(text[at - 1]))
            && (at + word.Length == text.Length || !char.IsLetterOrDigit(text[at + word.Length]));
    }

    private static IEnumerable<(string Column, string Text)> Cells(JsonElement element, string column) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => Cells(member.Value, member.Name).Append(("label", member.Name))),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(item => Cells(item, column)),
        _ => [(column, Cell.Of(element))],
    };
}
