using System.Text;
using System.Text.Json.Nodes;
using EmbedStack.Api.Edge.Cache;
using EmbedStack.Api.Http;

namespace EmbedStack.Api.Tests.Edge.Cache;

/// <summary>The one form of a chart's question.</summary>
public sealed class ChartQuestionTests
{
    [Fact]
    public void ARecordedQuestionSaysWhatItIsAbout()
    {
        var question = ChartBodies.Read(ChartBodies.Recorded);
        Assert.Equal((1, 7, 3, true, false), (question.Dashboard!.Value, question.Dataset!.Value, question.Chart!.Value, question.IsKept, question.Force));
    }

    [Theory]
    [InlineData("queries.0.url_params", """{"native_filters":"(x:1)"}""")]
    [InlineData("form_data.url_params", """{"other":"2"}""")]
    [InlineData("form_data.label_colors", "{}")]
    [InlineData("form_data.map_label_colors", "null")]
    [InlineData("form_data.shared_label_colors", "[]")]
    [InlineData("form_data.color_scheme", "\"lyftColors\"")]
    [InlineData("form_data.force", "true")]
    [InlineData("force", "true")]
    [InlineData("force", "null")]
    [InlineData("url_params", "{}")]
    [InlineData("anything", "1")]
    public void WhatChangesNoAnswerIsLeftOut(string path, string value) =>
        Assert.Equal(ChartBodies.Canonical(ChartBodies.Recorded), ChartBodies.Canonical(With(path, JsonNode.Parse(value))));

    [Theory]
    [InlineData("queries.0.filters.0.val.0", "\"dermatology\"")]
    [InlineData("queries.0.filters.0.val.1", "\"Cafe\\u0301\"")]
    [InlineData("queries.0.filters.0.op", "\"in\"")]
    [InlineData("queries.0.filters.0.col", "\"Service_name\"")]
    [InlineData("queries.0.row_limit", "10000.0")]
    [InlineData("queries.0.extras.url_params", "{}")]
    [InlineData("form_data.server_pagination", "true")]
    [InlineData("form_data.extra_form_data.force", "true")]
    [InlineData("form_data.dashboardId", "2")]
    [InlineData("datasource.id", "8")]
    [InlineData("custom_cache_timeout", "5")]
    public void WhatMayChangeAnAnswerStays(string path, string value) =>
        Assert.NotEqual(ChartBodies.Canonical(ChartBodies.Recorded), ChartBodies.Canonical(With(path, JsonNode.Parse(value))));

    [Fact]
    public void OrderOfValuesStaysAndSoDoesTheOrderOfAStepsOptions()
    {
        var values = ChartBodies.Recorded.Replace("""["Dermatology","Café"]""", """["Café","Dermatology"]""", StringComparison.Ordinal);
        var steps = ChartBodies.Recorded.Replace(
            """{"b":{"operator":"mean"},"a":{"operator":"mean"}}""", """{"a":{"operator":"mean"},"b":{"operator":"mean"}}""", StringComparison.Ordinal);
        Assert.Equal(3, new[] { ChartBodies.Recorded, values, steps }.Select(ChartBodies.Canonical).Distinct().Count());
    }

    [Theory]
    [InlineData("Café", "Caf\\u00e9")]
    [InlineData("Café", "\\u0043af\\u00E9")]
    [InlineData("Dermatology", "Dermat\\u006Flogy")]
    public void EscapesOfOneTextAreOneText(string text, string escaped) =>
        Assert.Equal(ChartBodies.Canonical(ChartBodies.Recorded), ChartBodies.Canonical(ChartBodies.Recorded.Replace(text, escaped, StringComparison.Ordinal)));

    [Fact]
    public void NumbersKeepTheirText()
    {
        var body = ChartBodies.Recorded.Replace("\"Café\"", "12345678901234567890.10", StringComparison.Ordinal);
        Assert.Contains("12345678901234567890.10", ChartBodies.Canonical(body), StringComparison.Ordinal);
    }

    [Fact]
    public void ForceIsSentOnWhereItMayBe()
    {
        var question = ChartBodies.Read(With("force", true));
        Assert.True(question.Force);
        Assert.True(JsonNode.Parse(question.Asked(force: true).Span)!["force"]!.GetValue<bool>());
        Assert.Null(JsonNode.Parse(question.Asked(force: false).Span)!["force"]);
    }

    [Theory]
    [InlineData("result_format", "\"csv\"")]
    [InlineData("result_format", "\"xlsx\"")]
    [InlineData("result_type", "\"drill_detail\"")]
    [InlineData("result_type", "\"samples\"")]
    [InlineData("result_type", "\"query\"")]
    [InlineData("queries.0.result_type", "\"samples\"")]
    [InlineData("queries.0.result_type", "7")]
    [InlineData("queries", "[]")]
    [InlineData("form_data.slice_id", "0")]
    [InlineData("form_data.slice_id", "null")]
    [InlineData("form_data", "null")]
    [InlineData("datasource.type", "\"query\"")]
    public void ExportsDrillsAndRowsAreNotKept(string path, string value) => Assert.False(ChartBodies.Read(With(path, JsonNode.Parse(value))).IsKept);

    [Fact]
    public void FiltersValuesAreKept()
    {
        var body = With("form_data.type", "NATIVE_FILTER");
        body["form_data"]!.AsObject().Remove("slice_id");
        var question = ChartBodies.Read(body);
        Assert.True(question.IsKept);
        Assert.Null(question.Chart);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{} {}")]
    [InlineData("""{"a":1,"a":2}""")]
    [InlineData("""{"queries":[{"filters":[],"filters":[1]}]}""")]
    [InlineData("""{"a":1,"\u0061":2}""")]
    [InlineData("""{"queries":"\ud800"}""")]
    [InlineData("""{"\udc00":1}""")]
    [InlineData("""{"a":NaN}""")]
    [InlineData("""{"a":01}""")]
    [InlineData("""{"a":1,}""")]
    [InlineData("""{"a":1}//""")]
    [InlineData("\ufeff{}")]
    [InlineData("""{"force":"true"}""")]
    [InlineData("""{"force":1}""")]
    public void WhatParsersReadDifferentlyIsMalformed(string body) => AssertMalformed(Encoding.UTF8.GetBytes(body));

    [Fact]
    public void BytesThatAreNoTextAreMalformed() => AssertMalformed([.. "{\"queries\":\""u8, 0xff, .. "\"}"u8]);

    [Fact]
    public void NestingWithoutEndIsMalformed() => AssertMalformed(Encoding.UTF8.GetBytes(new string('[', 100_000)));

    [Fact]
    public void LongNamesAboveManyMembersCostNoMoreThanTheirLength()
    {
        var members = string.Join(',', Enumerable.Range(0, 15_000).Select(number => $"\"a{number}\":{number}"));
        var body = Encoding.UTF8.GetBytes("{\"form_data\":{\"" + new string('n', 500_000) + "\":{" + members + "}}}");
        var before = GC.GetAllocatedBytesForCurrentThread();
        ChartQuestion.Read(body);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64L << 20);
    }

    [Fact]
    public void MoreMembersThanAnyQuestionHasAreMalformed() => AssertMalformed(Encoding.UTF8.GetBytes(
        "{\"form_data\":{" + string.Join(',', Enumerable.Range(0, 30_000).Select(number => $"\"a{number}\":1")) + "}}"));

    private static void AssertMalformed(byte[] body) =>
        Assert.Equal(Problems.Malformed, Assert.Throws<ProblemException>(() => ChartQuestion.Read(body)).Problem);

    private static JsonObject With(string path, JsonNode? value)
    {
        var body = ChartBodies.Parse();
        var steps = path.Split('.');
        JsonNode at = body;
        foreach (var step in steps[..^1])
        {
            at = int.TryParse(step, out var index) ? at[index]! : at[step]!;
        }

        if (int.TryParse(steps[^1], out var last))
        {
            at[last] = value;
        }
        else
        {
            at[steps[^1]] = value;
        }

        return body;
    }
}
