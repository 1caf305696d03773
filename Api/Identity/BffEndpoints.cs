using EmbedStack.Api.GuestTokens;
using EmbedStack.Api.Http;
using EmbedStack.Api.Http.RateLimits;
using EmbedStack.Api.Identity.BackChannel;
using EmbedStack.Api.Tenancy;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace EmbedStack.Api.Identity;

/// <summary>Sign-in, sign-out, and who is signed in.</summary>
internal static class BffEndpoints
{
    private const int LargestLogout = 16 * 1024;

    public static void MapBff(this IEndpointRouteBuilder app)
    {
        var bff = app.MapGroup("/bff");
        bff.MapGet("/login", LogInAsync).Produces(StatusCodes.Status302Found);
        bff.MapPost("/logout", SignOut.HandleAsync).WithMetadata(new UncheckedSession());
        app.MapPost(BackChannelLogout.Path, BackChannelLogout.HandleAsync)
            .WithMetadata(new CalledByServers(), new RequestSizeLimitAttribute(LargestLogout))
            .ProducesProblems(Problems.TooLarge, Problems.TooManyLogouts);
        bff.MapGet("/user", GetUser).RequireAuthorization().AddEndpointFilter<PersonFilter>().AddEndpointFilter<RateLimitFilter>()
            .ProducesProblems(Problems.TooManyRequests);
    }

    private static async Task<Results<ChallengeHttpResult, ProblemHttpResult>> LogInAsync(
        string? returnUrl, IssuerCheck issuer, CancellationToken cancellationToken)
    {
        if (ReturnUrl.Check(returnUrl) is not { } path)
        {
            return Problems.InvalidReturnUrl.ToResult();
        }

        await issuer.EnsureAsync(cancellationToken);
        return TypedResults.Challenge(new AuthenticationProperties { RedirectUri = path }, [IdentityExtensions.SignInScheme]);
    }

    private static Ok<UserAnswer> GetUser(HttpContext context)
    {
        var person = context.GetPerson();
        return TypedResults.Ok(new UserAnswer(
            person.Name, new TenantAnswer(person.Tenant.Key, person.Tenant.Name, Brand.Of(person.Tenant)), person.Role, Tiers.Of(person.Role)));
    }

    internal sealed record UserAnswer(string Name, TenantAnswer Tenant, string Role, IReadOnlyList<string> Tier);

    internal sealed record TenantAnswer(string Key, string Name, Brand? Accent);
}
