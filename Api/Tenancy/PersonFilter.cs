using EmbedStack.Api.Audit;
using EmbedStack.Api.Identity;
using EmbedStack.Api.Revocations;
using Microsoft.AspNetCore.Http.Features;

namespace EmbedStack.Api.Tenancy;

/// <summary>Lets only persons with a tenant and a role through, and hands them on to the endpoint.</summary>
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

        http.Features.Set(found.Person);
        return await next(context);
    }
}
