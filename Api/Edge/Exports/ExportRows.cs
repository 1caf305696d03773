using System.IO.Compression;
using System.Xml;

namespace EmbedStack.Api.Edge.Exports;

/// <summary>
/// Counts the rows of what Superset exports: CSV, a workbook, or an archive of either for charts that ask several questions.
/// Each table's first line names its columns. It stops where there are more than anybody wants to know of.
/// </summary>
internal static class ExportRows
{
    private const string Sheets = "xl/worksheets/";
    private const int Deepest = 2; // workbooks in an archive
    private const int LargestPart = 64 * 1024 * 1024;
    private static readonly XmlReaderSettings Xml = new() { Async = true, DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };

    /// <param name="file">The file, from its beginning.</param>
    /// <param name="most">Beyond which it does not matter how many there are.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InvalidDataException">It is none of these.</exception>
    public static Task<int> CountAsync(Stream file, int most, CancellationToken cancellationToken) => CountAsync(file, most, Deepest, cancellationToken);

    private static async Task<int> CountAsync(Stream file, int most, int depth, CancellationToken cancellationToken)
    {
        if (!IsArchive(file))
        {
            return await CountLinesAsync(file, most, cancellationToken);
        }

        using var archive = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
        var sheets = archive.Entries.Where(entry => entry.FullName.StartsWith(Sheets, StringComparison.Ordinal)).ToArray();
        var rows = 0;
        foreach (var entry in sheets.Length > 0 ? (IEnumerable<ZipArchiveEntry>)sheets : archive.Entries)
        {
            if (rows > most || depth == 0)
            {
                break;
            }

            await using var part = entry.Open();
            rows += sheets.Length > 0
                ? await CountRowsAsync(part, most - rows, cancellationToken)
                : await CountAsync(await ReadAsync(part, cancellationToken), most - rows, depth - 1, cancellationToken);
        }

        return rows;
    }

    private static bool IsArchive(Stream file)
    {
        Span<byte> head = stackalloc byte[4];
        var read = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        file.Position = 0;
        return read == head.Length && head.SequenceEqual("PK\x03\x04"u8);
    }

    // A line break within quotes is part of a value.
    private static async Task<int> CountLinesAsync(Stream text, int most, CancellationToken cancellationToken)
    {
        var (lines, isQuoted, isOpen) = (0, false, false);
        var buffer = new byte[32 * 1024];
        int read;
        while (lines <= most + 1L && (read = await text.ReadAsync(buffer, cancellationToken)) > 0)
        {
            foreach (var sign in buffer.AsSpan(0, read))
            {
                isQuoted ^= sign == (byte)'"';
                isOpen = sign != (byte)'\n' || isQuoted;
                lines += isOpen ? 0 : 1;
            }
        }

        return Math.Max(0, lines + (isOpen ? 1 : 0) - 1);
    }

    private static async Task<int> CountRowsAsync(Stream sheet, int most, CancellationToken cancellationToken)
    {
        try
        {
            using var reader = XmlReader.Create(sheet, Xml);
            var rows = 0;
            while (rows <= most + 1L && await reader.ReadAsync())
            {
                cancellationToken.ThrowIfCancellationRequested();
                rows += reader is { NodeType: XmlNodeType.Element, LocalName: "row" } ? 1 : 0;
            }

            return Math.Max(0, rows - 1);
        }
        catch (XmlException exception)
        {
            throw new InvalidDataException("A sheet cannot be read.", exception);
        }
    }

    private static async Task<MemoryStream> ReadAsync(Stream part, CancellationToken cancellationToken)
    {
        var whole = new MemoryStream();
        var buffer = new byte[32 * 1024];
        int read;
        while ((read = await part.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (whole.Length + read > LargestPart)
            {
                throw new InvalidDataException("A part of the archive is too large.");
            }

            whole.Write(buffer, 0, read);
        }

        whole.Position = 0;
        return whole;
    }
}
