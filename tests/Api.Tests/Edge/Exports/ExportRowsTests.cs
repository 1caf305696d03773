using System.IO.Compression;
using System.Text;
using EmbedStack.Api.Edge.Exports;

namespace EmbedStack.Api.Tests.Edge.Exports;

/// <summary>How many rows a file has, in each of the forms that Superset gives it.</summary>
public sealed class ExportRowsTests
{
    private const string Sheet = """<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"/><row r="2"/><row r="3"/></sheetData></worksheet>""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", 0)]
    [InlineData("a,b\n", 0)]
    [InlineData("a,b\n1,2", 1)]
    [InlineData("a,b\r\n1,2\r\n3,4\r\n", 2)]
    [InlineData("\ufeffa,b\n\"1\n1\",2\n3,\"say \"\"hi\"\"\n\"\n", 2)]
    [InlineData("a\n\"\n\n\n", 1)]
    public async Task LinesAreCountedWithoutTheHeadAndNotWithinQuotes(string csv, int rows) => Assert.Equal(rows, await CountAsync(Encoding.UTF8.GetBytes(csv)));

    [Fact]
    public async Task WorkbooksAndArchivesAreLookedInto()
    {
        var workbook = Zip(("xl/workbook.xml", "<workbook/>"u8.ToArray()), ("xl/worksheets/sheet1.xml", Encoding.UTF8.GetBytes(Sheet)));
        Assert.Equal(2, await CountAsync(workbook));
        Assert.Equal(5, await CountAsync(Zip(("query_1.csv", "a\n1\n2\n3\n"u8.ToArray()), ("query_2.xlsx", workbook))));
    }

    [Fact]
    public async Task ItStopsWhereThereAreTooMany()
    {
        var long1 = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("x\n", 100_000)));
        Assert.InRange(await CountAsync(long1, most: 10), 11, 50_000);
        Assert.InRange(await CountAsync(Zip(("a.csv", long1), ("b.csv", long1)), most: 10), 11, 50_000);
    }

    // Several times what any part may take of memory.
    [Fact]
    public async Task LargePartIsCountedAsItIsUnpacked()
    {
        var line = Encoding.UTF8.GetBytes(new string('x', 1023) + '\n');
        using var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var part = archive.CreateEntry("query_1.csv", CompressionLevel.Fastest).Open();
            for (var lines = 0; lines < 128 * 1024; lines++)
            {
                part.Write(line);
            }
        }

        Assert.Equal((128 * 1024) - 1, await CountAsync(file.ToArray(), most: int.MaxValue));
    }

    [Fact]
    public async Task WorkbookInAnArchiveIsBounded()
    {
        using var workbook = new MemoryStream();
        using (var archive = new ZipArchive(workbook, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var part = archive.CreateEntry("xl/media/image.png", CompressionLevel.NoCompression).Open();
            part.Write(new byte[65 * 1024 * 1024]);
        }

        await Assert.ThrowsAsync<InvalidDataException>(() => CountAsync(Zip(("query_1.xlsx", workbook.ToArray()))));
    }

    [Fact]
    public async Task ArchiveInAnArchiveInAnArchiveIsNotOpened()
    {
        var deepest = Zip(("a.csv", "a\n1\n"u8.ToArray()));
        Assert.Equal(0, await CountAsync(Zip(("c.zip", Zip(("b.zip", deepest))))));
    }

    [Theory]
    [InlineData("<worksheet><row/>")]
    [InlineData("""<!DOCTYPE a [<!ENTITY x "y">]><worksheet>&x;</worksheet>""")]
    public async Task WhatIsNoSheetIsNone(string sheet) =>
        await Assert.ThrowsAsync<InvalidDataException>(() => CountAsync(Zip(("xl/worksheets/sheet1.xml", Encoding.UTF8.GetBytes(sheet)))));

    [Fact]
    public async Task WhatOnlyBeginsLikeAnArchiveIsNone() =>
        await Assert.ThrowsAsync<InvalidDataException>(() => CountAsync("PK\x03\x04 and no more"u8.ToArray()));

    private static Task<int> CountAsync(byte[] file, int most = 1000) => ExportRows.CountAsync(new MemoryStream(file), most, Cancellation);

    private static byte[] Zip(params (string Name, byte[] Content)[] parts)
    {
        using var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in parts)
            {
                using var part = archive.CreateEntry(name).Open();
                part.Write(content);
            }
        }

        return file.ToArray();
    }
}
