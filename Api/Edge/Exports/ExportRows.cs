using System.IO.Compression;
using System.Xml;

namespace EmbedStack.Api.Edge.Exports;

/// <summary>
/// Counts the rows of what Superset exports: CSV, a workbook, or an archive of either for charts that ask several questions.
/// Each table's first line names its columns. It stops where there are more than anybody wants to know of, and holds a piece of it in
/// memory at a time: what is packed small may be large.
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
    public static async Task<int> CountAsync(Stream file, int most, CancellationToken cancellationToken)
    {
        var head = await HeadAsync(file, cancellationToken);
        file.Position = 0;
        return IsArchive(head) ? await CountPartsAsync(file, most, Deepest, cancellationToken) : await CountLinesAsync(default, file, most, cancellationToken);
    }

    private static async Task<int> CountPartsAsync(Stream file, int most, int depth, CancellationToken cancellationToken)
    {
        using var archive = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
        var sheets = archive.Entries.Where(entry => entry.FullName.StartsWith(Sheets, StringComparison.Ordinal)).ToArray();
        var rows = 0;
        foreach (var entry in sheets.Length > 0 ? (IEnumerable<ZipArchiveEntry>)sheets : archive.Entries)
        {
            if (rows > most)
            {
                break;
            }

            await using var part = entry.Open();
            rows += sheets.Length > 0
                ? await CountRowsAsync(part, most - rows, cancellationToken)
                : await CountPartAsync(part, most - rows, depth - 1, cancellationToken);
        }

        return rows;
    }

    private static async Task<int> CountPartAsync(Stream part, int most, int depth, CancellationToken cancellationToken)
    {
        var head = await HeadAsync(part, cancellationToken);
        if (!IsArchive(head))
        {
            return await CountLinesAsync(head, part, most, cancellationToken);
        }

        if (depth == 0)
        {
            return 0;
        }

        await using var file = UnnamedFile.Open();
        await file.WriteAsync(head, cancellationToken);
        await CopyAsync(part, file, cancellationToken);
        file.Position = 0;
        return await CountPartsAsync(file, most, depth, cancellationToken);
    }

    private static async Task<byte[]> HeadAsync(Stream file, CancellationToken cancellationToken)
    {
        var head = new byte[4];
        return head[..await file.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken)];
    }

    private static bool IsArchive(byte[] head) => head.AsSpan().SequenceEqual("PK\x03\x04"u8);

    // A line break within quotes is part of a value.
    private static async Task<int> CountLinesAsync(ReadOnlyMemory<byte> head, Stream text, int most, CancellationToken cancellationToken)
    {
        var (lines, isQuoted, isOpen) = (0, false, false);
        var buffer = new byte[32 * 1024];
        head.CopyTo(buffer);
        for (var read = head.Length; lines <= most + 1L; read = 0)
        {
            if (read == 0 && (read = await text.ReadAsync(buffer, cancellationToken)) == 0)
            {
                break;
            }

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

    private static async Task CopyAsync(Stream part, Stream whole, CancellationToken cancellationToken)
    {
        var buffer = new byte[32 * 1024];
        int read;
        while ((read = await part.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (whole.Length + read > LargestPart)
            {
                throw new InvalidDataException("A part of the archive is too large.");
            }

            await whole.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }
    }
}
