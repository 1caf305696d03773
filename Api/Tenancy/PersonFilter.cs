using EmbedStack.Api.Audit;
using EmbedStack.Api.Identity;
using EmbedStack.Api.Revocations;
using Microsoft.AspNetCore.Http.Features;

namespace EmbedStack.Api.Tenancy;

/// <summary>Lets only persons with a tenant and a role through, and hands them on to the endpoint.</summary>
internal sealed class PersonFilter(PersonResolver resolver, PersonRegister register, AuditLog audit) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var signedIn = http.Features.GetRequiredFeature<SignedIn>();
        var (person, refusal) = await resolver.ResolveAsync(signedIn, http.RequestAborted);
        if (person is null)
        {
            await audit.WriteAsync(
                AuditEvent.Refused(AuditKind.Access, refusal!.Slug, http) with { Subject = signedIn.Subject, SessionId = signedIn.SessionId },
                http.RequestAborted);
            return refusal.ToResult();
        }

        await register.SeeAsync(person, http.RequestAborted);
        http.Features.Set(person);
        return await next(context);
    }
}
