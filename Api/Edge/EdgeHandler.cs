using System.Diagnostics;
using EmbedStack.Api.Audit;
using EmbedStack.Api.Dashboards;
using EmbedStack.Api.Edge.Assets;
using EmbedStack.Api.Edge.Exchange;
using EmbedStack.Api.Edge.Protection;
using EmbedStack.Api.Http;

namespace EmbedStack.Api.Edge;

/// <summary>The embed origin: what an embedded page needs from Superset, and nothing else.</summary>
internal sealed class EdgeHandler(
    EdgeForwarder forwarder, GuestAnswers answers, CatalogueSource catalogue, EdgeGuests guests, EdgeTokenSettings settings,
    GuestLimiter limiter, PageRate pages, EdgeMemory memory, FormReaders forms, AssetHandler assets, RefusedPage refused, EdgeMetrics metrics, Origins origins)
{
    private readonly string _origin = Origins.Text(origins.Embed);

    public async Task HandleAsync(HttpContext context)
    {
        var started = Stopwatch.GetTimestamp();
        if (EdgeRoutes.Find(context.Request) is not { } entry)
        {
            metrics.Stopped(EdgeMetrics.NoRoute, Problems.NotFound.Slug, started);
            await Problems.NotFound.WriteAsync(context);
            return;
        }

        context.NameSpan($"embed {entry.Name}");
        try
        {
            var source = await AnswerAsync(entry, context);
            metrics.Answered(entry.Name, source, context, started);
            if (source == EdgeSource.Memory)
            {
                context.LeaveOutSpan(); // there are thousands a second, and they say what the metrics say
            }
        }
        catch (Exception stopped)
        {
            metrics.Stopped(entry.Name, context.RequestAborted.IsCancellationRequested ? AuditReason.CallerGone : AuditReason.Of(stopped), started);
            throw;
        }
    }

    private async Task<EdgeSource> AnswerAsync(EdgeRouteEntry entry, HttpContext context)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        // A token says who asks; which page does, the browser: ours alone.
        if (entry.Route is not (EdgeRoute.Page or EdgeRoute.Asset) && context.Request.Headers.Origin is [var origin, ..] && origin != _origin)
        {
            throw new ProblemException(Problems.CrossSite);
        }

        if (entry.Route == EdgeRoute.Page && !await IsCataloguedAsync(context))
        {
            await Problems.NotFound.WriteAsync(context); // anybody may ask for any: no line in the log for each
            return EdgeSource.Edge;
        }

        if (entry.Route == EdgeRoute.Forget)
        {
            Forget(context.Response);
            return EdgeSource.Edge;
        }

        if (entry.Route == EdgeRoute.Discard)
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return EdgeSource.Edge;
        }

        if (entry.Route == EdgeRoute.Asset && await assets.AnswerAsync(context, limit.Token) is { } source)
        {
            return source;
        }

        if (entry.Route is EdgeRoute.Page or EdgeRoute.Asset)
        {
            var line = entry.Route == EdgeRoute.Page ? pages.LineOf(context) : SupersetQueue.Assets;
            await forwarder.ForwardNobodysAsync(await ReceiveAsync(entry, null, context, limit), line, entry.Route, context, limit);
            return EdgeSource.Superset;
        }

        var form = EdgeRequest.HoldsItsToken(context.Request, entry.Route) ? await ReceiveFormAsync(entry, context, limit) : null;
        var token = GuestTokenText.Read(form?.Tokens ?? EdgeHeaders.GuestTokens(context.Request.Headers)) ?? throw new ProblemException(Problems.NoGuestToken);
        if (settings.IsDirect)
        {
            RefuseWhatNeedsAGuest(entry.Route);
            await forwarder.ForwardAsync(form ?? await ReceiveAsync(entry, null, context, limit), token, entry.Route, context, limit);
            return EdgeSource.Superset;
        }

        // Of nobody, and of whoever asks too much, no body is read.
        limit.CancelAfter(SupersetReads.PatienceFor(entry.Route));
        var guest = await guests.ReadAsync(token, context.Features.Set, limit.Token);
        using var place = limiter.Enter(guest);
        var asked = form ?? await ReceiveAsync(entry, guest, context, limit);
        return await answers.AnswerAsync(
            new GuestRead(guest, entry.Route, context.Request.Method, asked.Target, asked.Body, asked.ContentType), entry, context, limit);
    }

    // Filters' values and tabs, which Superset's page keeps. What it keeps in a frame of the app is reached from there alone.
    private void Forget(HttpResponse response)
    {
        response.Headers["Clear-Site-Data"] = "\"storage\"";
        response.Headers.CacheControl = "no-store";
        response.Headers.ContentSecurityPolicy = $"default-src 'none'; frame-ancestors {Origins.Text(origins.App)}";
        response.ContentType = "text/html";
    }

    private Task<EdgeRequest> ReceiveAsync(EdgeRouteEntry entry, EdgeGuest? guest, HttpContext context, CancellationTokenSource limit) =>
        SupersetUpstream.ReceiveAsync(context, async token =>
        {
            await memory.EnterBodyAsync(context, guest?.Subject ?? Networks.Of(context), entry.LargestBody, token);
            return await EdgeRequest.ReadAsync(context, entry, token);
        }, limit);

    private Task<EdgeRequest> ReceiveFormAsync(EdgeRouteEntry entry, HttpContext context, CancellationTokenSource limit) =>
        SupersetUpstream.ReceiveAsync(context, async token =>
        {
            using var turn = await forms.EnterAsync(context, token);
            return await ReceiveAsync(entry with { LargestBody = EdgeRequest.LargestForm }, guest: null, context, limit);
        }, limit);

    // Whose permalinks they would be is not known here.
    private static void RefuseWhatNeedsAGuest(EdgeRoute route)
    {
        if (route is EdgeRoute.Permalink or EdgeRoute.MadePermalink)
        {
            throw new ProblemException(Problems.NotFound);
        }
    }

    private async Task<bool> IsCataloguedAsync(HttpContext context)
    {
        if (RefusedPage.IsWanted(context.Request))
        {
            context.Features.Set<IProblemPage>(refused);
        }

        var embeddedId = EdgeRoutes.EmbeddedId(context.Request);
        var current = await catalogue.GetAsync(context.RequestAborted);
        return current.Dashboards.Any(dashboard => dashboard.EmbeddedUuid == embeddedId);
    }
}
