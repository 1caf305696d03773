using System.Globalization;
using EmbedStack.Api.Audit;
using EmbedStack.Api.Dashboards;
using EmbedStack.Api.GuestTokens;
using EmbedStack.Api.Http;
using EmbedStack.Api.Tenancy;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EmbedStack.Api.Exports;

/// <summary>
/// Has a dashboard rendered as the person who asks: by a token of theirs, minted and audited as any other, so that all walls
/// stand where they stand for the page. That they take it along has a row of its own before it begins; what stops it has one
/// as well, so many times a minute until then.
/// </summary>
internal sealed class DashboardExport(
    CatalogueSource catalogue, GuestTokenGrants grants, GuestTokenMint mint, RendererClient renderer, RenderingTurns turns, AuditLog audit,
    RefusalAudit refusals, TimeProvider time)
{
    private const int LongestKey = 64;

    public static readonly IReadOnlyDictionary<string, string> ContentTypes = new Dictionary<string, string>
    {
        [RenderingBody.Pdf] = "application/pdf", [RenderingBody.Png] = "image/png",
    };

    /// <exception cref="ProblemException">Not this, not for this person, or not now.</exception>
    public async Task<FileContentHttpResult> MakeAsync(
        Person person, string key, RenderingBody wanted, HttpContext context, CancellationToken cancellationToken)
    {
        var about = AuditEvent.Permitted(AuditKind.Export, context).By(person) with
        {
            Dashboards = key.Length <= LongestKey && key.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-') ? [key] : null,
            Reason = wanted.Format,
        };
        var isTold = false;
        try
        {
            var dashboard = await FindAsync(person, key, cancellationToken);
            using var turn = turns.Enter(person);
            var token = await mint.MintAsync(person, [key], context, cancellationToken);
            isTold = true;
            await audit.WriteAsync(about, CancellationToken.None);
            var now = time.GetUtcNow();
            var file = await renderer.RenderAsync(
                new RenderingOrder(
                    person.Tenant.Key, dashboard.EmbeddedUuid, token.Token, wanted.Format!, wanted.NativeFilters, wanted.Permalink, wanted.Language,
                    wanted.Theme, dashboard.Title, string.Create(CultureInfo.InvariantCulture, $"{person.Tenant.Name} · {now:yyyy-MM-dd HH:mm} UTC")),
                cancellationToken);
            // What was taken away while it was rendered counts too.
            grants.Check(person, [key]);
            await FindAsync(person, key, cancellationToken);
            context.Response.Headers[RendererClient.FailedChartsHeader] = file.FailedCharts.ToString(CultureInfo.InvariantCulture);
            return TypedResults.File(
                file.Contents, ContentTypes[wanted.Format!], string.Create(CultureInfo.InvariantCulture, $"{dashboard.Key}-{now:yyyy-MM-dd}.{wanted.Format}"));
        }
        catch (Exception stopped)
        {
            // Not the caller's token: whoever hangs up early leaves a row as well. What was told as begun is always taken back.
            var refusal = about.AsRefused(AuditReason.Of(stopped), context);
            await (isTold ? audit.WriteAsync(refusal, CancellationToken.None) : refusals.WriteAsync(refusal, CancellationToken.None));
            throw;
        }
    }

    private async Task<Dashboard> FindAsync(Person person, string key, CancellationToken cancellationToken)
    {
        var dashboard = (await catalogue.GetAsync(cancellationToken)).Find(key, person) ?? throw new ProblemException(Problems.UnknownDashboard);
        return !Tiers.Of(person.Role).Contains(Tiers.Export) ? throw new ProblemException(Problems.Forbidden)
            : !renderer.IsThere ? throw new ProblemException(Problems.RendererUnavailable)
            : dashboard;
    }
}
