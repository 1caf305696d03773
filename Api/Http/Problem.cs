using System.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace EmbedStack.Api.Http;

/// <summary>An error answer: a status, a stable type and a title, and nothing about what lies behind.</summary>
internal sealed record Problem(int Status, string Slug, string Title)
{
    private const string TypePrefix = "urn:embedstack:problem:";

    public TimeSpan? RetryAfter { get; init; }

    /// <summary>What the audit calls it, where that says more than whoever asked is told.</summary>
    public string? Hidden { get; init; }

    /// <summary>What the audit and the metrics call it.</summary>
    public string Reason => Hidden ?? Slug;

    public ProblemHttpResult ToResult() => TypedResults.Problem(ToDetails());

    public async Task WriteAsync(HttpContext context)
    {
        context.Features.Set(this);
        context.Response.StatusCode = Status;
        if (RetryAfter is { } pause)
        {
            context.Response.Headers.RetryAfter = ((int)pause.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        if (HttpMethods.IsHead(context.Request.Method))
        {
            return;
        }

        if (context.Features.Get<IProblemPage>() is { } page)
        {
            await page.WriteAsync(this, context);
        }
        else
        {
            await context.Response.WriteAsJsonAsync(ToDetails(), options: null, "application/problem+json", context.RequestAborted);
        }
    }

    private ProblemDetails ToDetails()
    {
        var details = new ProblemDetails { Status = Status, Type = TypePrefix + Slug, Title = Title };
        if (Activity.Current is { } activity)
        {
            details.Extensions["correlation_id"] = activity.TraceId.ToString();
        }

        return details;
    }
}
