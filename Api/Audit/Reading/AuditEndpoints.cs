using System.Globalization;
using System.Text;
using EmbedStack.Api.Audit.Verification;
using EmbedStack.Api.Http;
using EmbedStack.Api.Http.RateLimits;
using EmbedStack.Api.Persistence;
using EmbedStack.Api.Tenancy;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace EmbedStack.Api.Audit.Reading;

/// <summary>The audit for those who may read it: pages, an export, its verification, and the erasure of a person.</summary>
internal static class AuditEndpoints
{
    private const int ExportPage = 1000;
    private const int MostDays = 400;
    private const int DefaultDays = 31;

    // A reader's turn lasts as long: who takes in an export byte by byte must not keep others from the audit.
    private static readonly TimeSpan LongestExport = TimeSpan.FromMinutes(10);

    public static void MapAudit(this IEndpointRouteBuilder app)
    {
        var audit = app.MapGroup("/api").RequireAuthorization().AddEndpointFilter<PersonFilter>().AddEndpointFilter<RateLimitFilter>()
            .ProducesProblems(Problems.NotFound, Problems.TooManyRequests);
        audit.MapGet("/audit", ReadAsync).AddEndpointFilter<AuditReadFilter>().Produces<AuditPage>(StatusCodes.Status200OK, "application/json", AuditCsv.ContentType);
        audit.MapGet("/audit.csv", ExportAsync).AddEndpointFilter<AuditReadFilter>().Produces<string>(StatusCodes.Status200OK, AuditCsv.ContentType);
        audit.MapGet("/audit/verification", VerifyAsync).AddEndpointFilter<LeadershipFilter>().AddEndpointFilter<AuditVerifyFilter>();
        audit.MapDelete("/audit/persons/{subject}", EraseAsync).AddEndpointFilter<LeadershipFilter>().ProducesProblems(Problems.WouldLockOut);
    }

    private static async Task<IResult> ReadAsync(
        [AsParameters] AuditQuery query, HttpContext context, AuditScope scope, AuditPages pages, AuditLog audit, TimeProvider time)
    {
        var filter = await scope.ApplyAsync(AuditFilterReader.Read(query, context.Request.Query), context);
        return WantsCsv(context.Request)
            ? await StreamAsync(filter, context, pages, audit, time)
            : TypedResults.Ok(await pages.ReadAsync(filter, context.RequestAborted));
    }

    private static async Task<PushStreamHttpResult> ExportAsync(
        [AsParameters] AuditQuery query, HttpContext context, AuditScope scope, AuditPages pages, AuditLog audit, TimeProvider time) =>
        await StreamAsync(await scope.ApplyAsync(AuditFilterReader.Read(query, context.Request.Query), context), context, pages, audit, time);

    private static async Task<PushStreamHttpResult> StreamAsync(AuditFilter filter, HttpContext context, AuditPages pages, AuditLog audit, TimeProvider time)
    {
        await audit.WriteAsync(AuditEvent.Permitted(AuditKind.AuditExport, context).By(context.GetPerson()), CancellationToken.None);
        return TypedResults.Stream(
            body => WriteAsync(body, pages.ReadAllAsync(filter with { Limit = ExportPage, After = null }, context.RequestAborted), context, time),
            $"{AuditCsv.ContentType}; charset=utf-8", "audit.csv");
    }

    private static async Task WriteAsync(Stream body, IAsyncEnumerable<AuditRecord> records, HttpContext context, TimeProvider time)
    {
        using var end = new CancellationTokenSource(LongestExport, time);
        await using var cut = end.Token.Register(context.Abort);
        await using var writer = new StreamWriter(body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        try
        {
            await writer.WriteAsync(AuditCsv.Header);
            await foreach (var record in records)
            {
                await writer.WriteAsync(AuditCsv.Line(record));
            }
        }
        catch (Exception exception) when (DatabaseFailure.Is(exception))
        {
            context.Abort(); // only a cut connection says that the export is not whole
        }
    }

    private static async Task<Ok<AuditVerdict>> VerifyAsync(
        string? from, string? to, HttpContext context, AuditVerifier verifier, TimeProvider time)
    {
        var last = AuditFilterReader.Day("to", to) ?? DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime).AddDays(1);
        var first = AuditFilterReader.Day("from", from) ?? last.AddDays(-DefaultDays);
        return first > last || first.AddDays(MostDays) < last
            ? throw AuditFilterReader.Malformed(string.Create(CultureInfo.InvariantCulture, $"'from' must not be after 'to', and at most {MostDays} days before it."))
            : TypedResults.Ok(await verifier.VerifyAsync(first, last, context.RequestAborted));
    }

    private static async Task<NoContent> EraseAsync(
        string subject, HttpContext context, AuditLog audit, RefusalAudit refusals, PersonErasure erasure)
    {
        if (subject.Length > 255 || subject.Contains('\0', StringComparison.Ordinal))
        {
            throw new ProblemException(Problems.Malformed);
        }

        if (subject == context.GetPerson().Subject)
        {
            throw new ProblemException(Problems.WouldLockOut); // nobody covers up their own tracks
        }

        if (!await erasure.IsKnownAsync(subject, context.RequestAborted))
        {
            throw await refusals.RefuseAsNotThereAsync(AuditKind.Erasure, Problems.NotFound.Slug, context);
        }

        await audit.DoAsync(
            AuditEvent.Permitted(AuditKind.Erasure, context).By(context.GetPerson()), () => erasure.EraseAsync(subject), context);
        return TypedResults.NoContent();
    }

    private static bool WantsCsv(HttpRequest request) =>
        MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted)
        && accepted.Any(type => type.MediaType.Equals(AuditCsv.ContentType, StringComparison.OrdinalIgnoreCase));
}
