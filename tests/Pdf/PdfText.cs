using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace EmbedStack.Tests.Pdf;

/// <summary>The text of a document as Chromium prints one: objects in the open, glyphs by number, their letters in each font's map.</summary>
internal static partial class PdfText
{
    /// <returns>The lines of text, in the order in which they are drawn.</returns>
    public static IReadOnlyList<string> Read(byte[] document)
    {
        var objects = Objects(document);
        var maps = objects.Where(entry => ToUnicode().IsMatch(entry.Value.Dictionary))
            .ToDictionary(entry => entry.Key, entry => Letters(objects[Number(ToUnicode().Match(entry.Value.Dictionary))].Contents));
        return [.. objects.Values.Where(entry => !entry.Dictionary.Contains("/Length1", StringComparison.Ordinal)).SelectMany(entry => Lines(entry.Contents, maps))];
    }

    /// <summary>How many pages there are, and how large the first is, in points.</summary>
    public static (int Pages, double Width, double Height) Measure(byte[] document)
    {
        var text = Encoding.Latin1.GetString(document);
        var box = MediaBox().Match(text);
        return (Page().Count(text), double.Parse(box.Groups[1].Value, CultureInfo.InvariantCulture), double.Parse(box.Groups[2].Value, CultureInfo.InvariantCulture));
    }

    /// <summary>What draws it: the operators of all of its streams.</summary>
    public static string Drawing(byte[] document) => string.Join('\n', Objects(document).Values.Select(entry => entry.Contents));

    private static Dictionary<int, (string Dictionary, string Contents)> Objects(byte[] document)
    {
        var text = Encoding.Latin1.GetString(document);
        var found = new Dictionary<int, (string, string)>();
        foreach (Match start in ObjectStart().Matches(text))
        {
            var end = text.IndexOf("endobj", start.Index, StringComparison.Ordinal);
            var body = text[(start.Index + start.Length)..(end < 0 ? text.Length : end)];
            var stream = StreamStart().Match(body);
            var (dictionary, contents) = stream.Success ? (body[..stream.Index], body[(stream.Index + stream.Length)..]) : (body, "");
            found[Number(start)] = (dictionary, dictionary.Contains("/FlateDecode", StringComparison.Ordinal) ? Inflate(contents) : contents);
        }

        return found;
    }

    private static string Inflate(string contents)
    {
        using var unpacked = new MemoryStream();
        try
        {
            using var packed = new ZLibStream(new MemoryStream(Encoding.Latin1.GetBytes(contents)), CompressionMode.Decompress);
            packed.CopyTo(unpacked);
        }
        catch (InvalidDataException)
        {
            // Pictures, whose bytes may hold the words that end objects.
        }

        return Encoding.Latin1.GetString(unpacked.ToArray());
    }

    private static Dictionary<int, string> Letters(string map)
    {
        var letters = new Dictionary<int, string>();
        foreach (Match range in Ranges().Matches(map))
        {
            foreach (Match entry in RangeEntry().Matches(range.Value))
            {
                var (first, last, letter) = (Hex(entry.Groups[1]), Hex(entry.Groups[2]), Hex(entry.Groups[3]));
                for (var glyph = first; glyph <= last; glyph++)
                {
                    letters[glyph] = char.ConvertFromUtf32(letter + glyph - first);
                }
            }
        }

        foreach (Match single in Singles().Matches(map))
        {
            foreach (Match entry in SingleEntry().Matches(single.Value))
            {
                letters[Hex(entry.Groups[1])] = Encoding.BigEndianUnicode.GetString(Convert.FromHexString(entry.Groups[2].Value));
            }
        }

        return letters;
    }

    private static IEnumerable<string> Lines(string contents, Dictionary<int, Dictionary<int, string>> maps)
    {
        foreach (Match block in Block().Matches(contents))
        {
            var (line, letters) = (new StringBuilder(), (Dictionary<int, string>?)null);
            foreach (Match part in FontOrGlyphs().Matches(block.Value))
            {
                if (part.Groups[1].Success)
                {
                    letters = maps.GetValueOrDefault(Number(part));
                }
                else
                {
                    line.AppendJoin("", part.Groups[2].Value.Chunk(4).Select(glyph => letters?.GetValueOrDefault(int.Parse(glyph, NumberStyles.HexNumber, CultureInfo.InvariantCulture))));
                }
            }

            yield return line.ToString();
        }
    }

    private static int Number(Match match) => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);

    private static int Hex(Group group) => int.Parse(group.Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(?<=[\r\n])(\d+) 0 obj")]
    private static partial Regex ObjectStart();

    [GeneratedRegex(@"\bstream\r?\n")]
    private static partial Regex StreamStart();

    [GeneratedRegex(@"/ToUnicode (\d+) 0 R")]
    private static partial Regex ToUnicode();

    [GeneratedRegex(@"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]")]
    private static partial Regex MediaBox();

    [GeneratedRegex(@"/Type /Page\b")]
    private static partial Regex Page();

    [GeneratedRegex(@"beginbfrange(.*?)endbfrange", RegexOptions.Singleline)]
    private static partial Regex Ranges();

    [GeneratedRegex("<([0-9A-Fa-f]+)> <([0-9A-Fa-f]+)> <([0-9A-Fa-f]{4})>")]
    private static partial Regex RangeEntry();

    [GeneratedRegex(@"beginbfchar(.*?)endbfchar", RegexOptions.Singleline)]
    private static partial Regex Singles();

    [GeneratedRegex("<([0-9A-Fa-f]+)> <([0-9A-Fa-f]+)>")]
    private static partial Regex SingleEntry();

    [GeneratedRegex(@"\bBT\b(.*?)\bET\b", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"/F(\d+) [\d.]+ Tf|<([0-9A-Fa-f]+)>")]
    private static partial Regex FontOrGlyphs();
}
