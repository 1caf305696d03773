using System.Globalization;
using System.Text;
using EmbedStack.Api.Edge.DataAccess;
using EmbedStack.Api.Edge.Exchange;
using EmbedStack.Api.Edge.Exports;
using EmbedStack.Api.Edge.Warmup;
using EmbedStack.Api.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace EmbedStack.Api.Edge.Cache;

/// <summary>
/// A chart's rows: from the cache where they may be kept, else from Superset, in one canonical form either way. Nothing
/// is answered that does not stand in the spool of data accesses.
/// </summary>
internal sealed class ChartReads(
    AnswerCache answers, CacheFactsSource facts, ChartFill fill, FreshAnswerRate rate, SupersetReads superset, DataAccessLog accesses,
    ExportReads exports, AnswerWriter writer, ChartQuestions questions, WarmQuestions learnt, EdgeCacheSettings settings, TimeProvider time) : IGuestReads
{
    private const string Route = "chart";
    private const string Json = "application/json";

    public async ValueTask<EdgeSource?> AnswerAsync(GuestRead read, HttpContext context, CancellationToken cancellationToken)
    {
        if (read.Route != EdgeRoute.ChartData)
        {
            return null;
        }

        var known = facts.Current;
        var (isForm, access) = (!IsJson(read.ContentType), DataAccessEntry.By(read.Guest));
        var question = await accesses.TryAsync(access, context, () => Task.FromResult(questions.Read(isForm ? FormData(read) : read.Body)));
        access = Access(access, read.Guest, question, known);
        if (question.IsExport)
        {
            await exports.AnswerAsync(read, access, known?.Dashboard(question.Dashboard), context, cancellationToken);
            return EdgeSource.Superset;
        }

        // Nothing else comes as a form.
        using var answer = await accesses.TryAsync(access, context, async () => isForm
            ? throw new ProblemException(Problems.Malformed)
            : writer.Prepare(context, read.Guest, await FindAsync(read, question, known, cancellationToken)));
        await accesses.WriteAsync(access with { Rows = answer.Rows, Source = answer.Source });
        await answer.SendAsync();
        return answer.Source;
    }

    /// <summary>Asks in a guest's place, so that whoever comes next is answered from what is kept.</summary>
    public async Task WarmAsync(EdgeGuest guest, ReadOnlyMemory<byte> body, string locale, CancellationToken cancellationToken)
    {
        var question = questions.Read(body);
        var read = new GuestRead(guest, EdgeRoute.ChartData, HttpMethods.Post, ReadTarget.OfChart(question, locale), body, Json);
        if (facts.Current is { } known && Scope(read, question, known) is not null)
        {
            await FindAsync(read, question with { Force = false, IsPlain = false }, known, cancellationToken);
        }
    }

    private async Task<FilledAnswer> FindAsync(GuestRead read, ChartQuestion question, CacheFacts? known, CancellationToken cancellationToken)
    {
        var force = question.Force && rate.Allows(read.Guest.DataIdentity);
        var asked = read with { Body = question.Asked(force), ContentType = Json };
        if (known is null || Scope(read, question, known) is not { } scope)
        {
            return await OtherDashboard.AskAsync(
                read.Guest, known?.Dashboard(question.Dashboard),
                () => superset.AskAsync(asked, body => fill.Make(body, facts: null, droppedAt: null), cancellationToken));
        }

        asked = asked with { Target = ReadTarget.OfChart(question, scope.Locale) };
        var dropped = known.DroppedAt(read.Guest.Tenant, scope.Dashboard, known.Dataset(question.Dataset)!);
        return await answers.GetAsync(CacheKey.Of(scope, question.Body.Span), force, AskAsync, cancellationToken);

        async Task<FilledAnswer> AskAsync(CancellationToken token)
        {
            var filled = await superset.AskAsync(asked, body => fill.Make(body, known, dropped), token);
            if (filled.IsDropped)
            {
                // Superset's own cache does not know of drops.
                filled = await superset.AskAsync(asked with { Body = question.Asked(force: true) }, body => fill.Make(body, known, dropped), token);
            }

            if (filled.Kept is not null)
            {
                learnt.Note(question, scope);
            }

            return filled;
        }
    }

    // Only for the guest's own dashboard, which the question names, is there anything kept: whether a chart is on it, Superset
    // decided when it was asked.
    private CacheScope? Scope(GuestRead read, ChartQuestion question, CacheFacts known) =>
        question.IsKept && known.Dashboard(question.Dashboard) is { } dashboard && known.Dataset(question.Dataset) is { } dataset
        && read.Guest.Dashboards.Any(own => own.Key == dashboard && own.Datasets.Contains(dataset))
            ? new CacheScope
            {
                Route = Route,
                Tenant = read.Guest.Tenant,
                Dashboard = dashboard,
                DataIdentity = read.Guest.DataIdentity,
                Tier = string.Join(' ', read.Guest.Tier),
                Locale = ReadTarget.Locale(read.Target),
                Day = settings.Day(time.GetUtcNow()).ToString("O", CultureInfo.InvariantCulture),
                Version = known.Version(read.Guest.Tenant, dashboard, dataset),
            }
            : null;

    // An export is a form whose field is the question.
    private static byte[] FormData(GuestRead read)
    {
        try
        {
            using var form = new FormReader(Encoding.UTF8.GetString(read.Body.Span));
            return Encoding.UTF8.GetBytes(form.ReadForm().GetValueOrDefault("form_data").ToString());
        }
        catch (InvalidDataException exception)
        {
            throw new ProblemException(Problems.Malformed, exception);
        }
    }

    // What a guest names is written down of its own dashboards alone: whatever else it says, it was refused.
    private static DataAccessEntry Access(DataAccessEntry access, EdgeGuest guest, ChartQuestion question, CacheFacts? known)
    {
        var own = guest.Dashboard(known?.Dashboard(question.Dashboard));
        return access with
        {
            Way = question.IsExport ? DataAccessWay.Export : question.IsRows ? DataAccessWay.Rows : DataAccessWay.Chart,
            Dashboard = own?.Key,
            Dataset = guest.Dataset(known?.Dataset(question.Dataset)),
            Chart = own is null ? null : known?.Chart(question.Chart) ?? question.Chart?.ToString(CultureInfo.InvariantCulture),
        };
    }

    private static bool IsJson(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type) && type.MediaType.Equals(Json, StringComparison.OrdinalIgnoreCase);
}
