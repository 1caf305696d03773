using Microsoft.AspNetCore.Mvc;

namespace EmbedStack.Api.Http;

/// <summary>Says in the endpoint's description which problems it answers with besides those that every endpoint has.</summary>
internal static class ProblemMetadata
{
    public static TBuilder ProducesProblems<TBuilder>(this TBuilder builder, params Problem[] problems)
        where TBuilder : IEndpointConventionBuilder
    {
        foreach (var status in problems.Select(problem => problem.Status).Distinct())
        {
            builder.WithMetadata(new ProducesResponseTypeMetadata(status, typeof(ProblemDetails), ["application/problem+json"]));
        }

        return builder;
    }
}
