using System.IO.Compression;
using System.Xml.Linq;

namespace EmbedStack.AppHost.Tests.Leak.Asking;

/// <summary>Reads an XLSX file of one sheet.</summary>
internal static class Spreadsheet
{
    public const string MediaType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private static readonly XNamespace Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    /// <summary>The sheet's cells as CSV, which the suite reads anyway.</summary>
    public static string AsCsv(byte[] file)
    {
        using var archive = new ZipArchive(new MemoryStream(file));
        var shared = Read(archive, "xl/sharedStrings.xml")?.Descendants(Main + "si").Select(Text).ToArray() ?? [];
        var sheet = Read(archive, "xl/worksheets/sheet1.xml") ?? throw new InvalidDataException("The file has no sheet.");
        return string.Concat(sheet.Descendants(Main + "row").Select(row => string.Join(',', Cells(row, shared).Select(Quoted)) + "\n"));
    }

    // A cell that is empty may be missing: its neighbours say where they stand.
    private static IEnumerable<string> Cells(XElement row, string[] shared)
    {
        var next = 0;
        foreach (var cell in row.Elements(Main + "c"))
        {
            for (var place = PlaceOf((string)cell.Attribute("r")!); next < place; next++)
            {
                yield return "";
            }

            next++;
            var value = (string?)cell.Element(Main + "v") ?? "";
            yield return (string?)cell.Attribute("t") switch
            {
                "s" => shared[int.Parse(value, System.Globalization.CultureInfo.InvariantCulture)],
                "inlineStr" => Text(cell),
                _ => value,
            };
        }
    }

    private static int PlaceOf(string reference) =>
        reference.TakeWhile(char.IsLetter).Aggregate(0, (place, letter) => (place * 26) + letter - 'A' + 1) - 1;

    private static string Text(XElement element) => string.Concat(element.Descendants(Main + "t").Select(text => text.Value));

    private static string Quoted(string cell) => $"\"{cell.Replace("\"", "", StringComparison.Ordinal)}\"";

    private static XElement? Read(ZipArchive archive, string name)
    {
        using var stream = archive.GetEntry(name)?.Open();
        return stream is null ? null : XElement.Load(stream);
    }
}
