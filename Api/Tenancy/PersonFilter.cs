using EmbedStack.Api.Audit;
using EmbedStack.Api.Http;
using EmbedStack.Api.Identity;
using EmbedStack.Api.Revocations;
using Microsoft.AspNetCore.Http.Features;

namespace EmbedStack.Api.Tenancy;

/// <summary>
/// Lets only persons with a tenant and a role through, of whom the page that asks was made for one, and hands them on to the
/// endpoint.
/// </summary>
internal sealed class PersonFilter(PersonResolver resolver, PersonRegister register, RefusalAudit audit) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var signedIn = http.Features.GetRequiredFeature<SignedIn>();
        var found = await resolver.ResolveAsync(signedIn, http.RequestAborted);
        if (found.Tenant is { } tenant)
        {
            // Who is refused is seen as well: moved to another clinic, that clinic's administrator has the say.
            await register.SeeAsync(signedIn.Subject, tenant, http.RequestAborted);
        }

        if (found.Person is null)
        {
            await audit.WriteAsync(found.About(AuditEvent.Refused(AuditKind.Access, found.Refusal!.Slug, http)), http.RequestAborted);
            return found.Refusal.ToResult();
        }

        if (PageHolder.IsAnother(http.Request, found.Person))
        {
            await audit.WriteAsync(AuditEvent.Refused(AuditKind.Access, Problems.PersonChanged.Slug, http).By(found.Person), http.RequestAborted);
            return Problems.PersonChanged.ToResult();
        }

        http.Response.Headers[PageHolder.Header] = PageHolder.TagOf(found.Person);
        http.Features.Set(found.Person);
        return await next(context);
    }
}
