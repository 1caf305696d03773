using System.Text;

namespace EmbedStack.AppHost.Tests.Leak.Questions;

/// <summary>Reads CSV as Superset writes it.</summary>
internal static class Csv
{
    public static IEnumerable<string[]> Read(string text)
    {
        var cells = new List<string>();
        var cell = new StringBuilder();
        var quoted = false;
        foreach (var character in text.TrimStart('\uFEFF').ReplaceLineEndings("\n"))
        {
            switch (character)
            {
                case '"':
                    quoted = !quoted;
                    break;
                case ',' when !quoted:
                    cells.Add(cell.ToString());
                    cell.Clear();
                    break;
                case '\n' when !quoted:
                    cells.Add(cell.ToString());
                    cell.Clear();
                    yield return [.. cells];
                    cells.Clear();
                    break;
                default:
                    cell.Append(character);
                    break;
            }
        }

        if (cells.Count > 0 || cell.Length > 0)
        {
            yield return [.. cells, cell.ToString()];
        }
    }
}
