using System.Text.RegularExpressions;
using Microsoft.AspNetCore.WebUtilities;

namespace EmbedStack.Api.Edge.Cache;

/// <summary>Where Superset is asked, without what changes no answer.</summary>
internal static partial class ReadTarget
{
    private const string AnyLocale = "en";
    private const string Language = "_l_";
    private const string Question = "q";

    /// <summary>For a chart: what its log shows, made of the question itself.</summary>
    public static string OfChart(ChartQuestion question, string locale) =>
        QueryHelpers.AddQueryString("api/v1/chart/data", new Dictionary<string, string?>
        {
            ["form_data"] = question.Chart is { } chart ? $$"""{"slice_id":{{chart}}}""" : null,
            ["dashboard_id"] = question.Dashboard?.ToString(System.Globalization.CultureInfo.InvariantCulture),
            [Language] = locale,
        });

    /// <summary>For metadata: with what Superset reads there, and in one order.</summary>
    public static string OfMetadata(string target)
    {
        var at = target.IndexOf('?', StringComparison.Ordinal);
        var asked = at < 0 ? [] : QueryHelpers.ParseQuery(target[at..]);
        return QueryHelpers.AddQueryString(
            at < 0 ? target : target[..at],
            new Dictionary<string, string?> { [Question] = asked.TryGetValue(Question, out var question) ? question.ToString() : null, [Language] = Locale(target) });
    }

    /// <summary>The language of messages; whatever is none would only fill the cache.</summary>
    public static string Locale(string target) =>
        target.IndexOf('?', StringComparison.Ordinal) is >= 0 and var at
        && QueryHelpers.ParseQuery(target[at..]).TryGetValue(Language, out var values) && values is [{ } locale] && LanguageTag().IsMatch(locale)
            ? locale
            : AnyLocale;

    [GeneratedRegex(@"\A[a-z]{2}(_[A-Z]{2})?\z")]
    private static partial Regex LanguageTag();
}
