using System.Diagnostics;
using EmbedStack.Api.Dashboards;
using EmbedStack.Api.Edge.Assets;
using EmbedStack.Api.Edge.Exchange;
using EmbedStack.Api.Edge.Protection;
using EmbedStack.Api.Http;

namespace EmbedStack.Api.Edge;

/// <summary>The embed origin: what an embedded page needs from Superset, and nothing else.</summary>
internal sealed class EdgeHandler(
    EdgeForwarder forwarder, GuestAnswers answers, CatalogueSource catalogue, EdgeGuests guests, EdgeTokenSettings settings,
    GuestLimiter limiter, FormReaders forms, AssetHandler assets, EdgeMetrics metrics, Origins origins)
{
    private readonly string _origin = Origins.Text(origins.Embed);

    public async Task HandleAsync(HttpContext context)
    {
        if (EdgeRoutes.Find(context.Request) is not { } entry || (entry.Route == EdgeRoute.Page && !await IsCataloguedAsync(context)))
        {
            await Problems.NotFound.WriteAsync(context);
            return;
        }

        context.NameSpan($"embed {entry.Name}");
        var started = Stopwatch.GetTimestamp();
        try
        {
            metrics.Answered(entry.Name, await AnswerAsync(entry, context), context, started);
        }
        catch (ProblemException stopped)
        {
            metrics.Stopped(entry.Name, stopped.Problem.Slug, started);
            throw;
        }
        catch (Exception)
        {
            metrics.Stopped(entry.Name, context.RequestAborted.IsCancellationRequested ? EdgeMetrics.CallerGone : Problems.Internal.Slug, started);
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
            await forwarder.ForwardAsync(await ReceiveAsync(entry, context, limit), token: null, entry.Route, context, limit);
            return EdgeSource.Superset;
        }

        var form = EdgeRequest.HoldsItsToken(context.Request, entry.Route) ? await ReceiveFormAsync(entry, context, limit) : null;
        var token = GuestTokenText.Read(form?.Tokens ?? EdgeHeaders.GuestTokens(context.Request.Headers)) ?? throw new ProblemException(Problems.NoGuestToken);
        if (settings.IsDirect)
        {
            RefuseWhatNeedsAGuest(entry.Route);
            await forwarder.ForwardAsync(form ?? await ReceiveAsync(entry, context, limit), token, entry.Route, context, limit);
            return EdgeSource.Superset;
        }

        // Of nobody, and of whoever asks too much, no body is read.
        limit.CancelAfter(SupersetReads.PatienceFor(entry.Route));
        var guest = await guests.ReadAsync(token, limit.Token);
        using var place = limiter.Enter(guest);
        var asked = form ?? await ReceiveAsync(entry, context, limit);
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

    private static Task<EdgeRequest> ReceiveAsync(EdgeRouteEntry entry, HttpContext context, CancellationTokenSource limit) =>
        SupersetUpstream.ReceiveAsync(context, token => EdgeRequest.ReadAsync(context, entry, token), limit);

    private Task<EdgeRequest> ReceiveFormAsync(EdgeRouteEntry entry, HttpContext context, CancellationTokenSource limit) =>
        SupersetUpstream.ReceiveAsync(context, async token =>
        {
            using var turn = await forms.EnterAsync(context, token);
            return await EdgeRequest.ReadAsync(context, entry with { LargestBody = EdgeRequest.LargestForm }, token);
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
        var embeddedId = EdgeRoutes.EmbeddedId(context.Request);
        var current = await catalogue.GetAsync(context.RequestAborted);
        return current.Dashboards.Any(dashboard => dashboard.EmbeddedUuid == embeddedId);
    }
}
