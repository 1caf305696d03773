using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.OpenApi;

namespace EmbedStack.Api.Http.OpenApi;

/// <summary>
/// Adds the answers that come from in front of the endpoints: host, credentials, cross-site requests, bodies, and parts
/// that are away.
/// </summary>
internal sealed class CommonAnswers : IOpenApiOperationTransformer
{
    private const string MediaType = "application/problem+json";

    public async Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var isPages = !context.Description.ActionDescriptor.EndpointMetadata.OfType<CalledByServers>().Any();
        var unsafeMethod = isPages && context.Description.HttpMethod is ("POST" or "PUT" or "DELETE" or "PATCH");
        var needsPerson = context.Description.ActionDescriptor.EndpointMetadata.OfType<IAuthorizeData>().Any();
        var statuses = new List<int> { 400, 500, 503 };
        statuses.AddRange(needsPerson ? [401, 403, 429] : []);
        statuses.AddRange(unsafeMethod ? [403] : []);
        statuses.AddRange(operation.RequestBody is null ? [] : [413, 415]);

        var schema = await context.GetOrCreateSchemaAsync(typeof(ProblemDetails), null, cancellationToken);
        operation.Responses ??= [];
        foreach (var status in statuses)
        {
            operation.Responses.TryAdd(status.ToString(CultureInfo.InvariantCulture), new OpenApiResponse
            {
                Description = ReasonPhrases.GetReasonPhrase(status),
                Content = new Dictionary<string, OpenApiMediaType> { [MediaType] = new() { Schema = schema } },
            });
        }

        if (unsafeMethod)
        {
            operation.Parameters ??= [];
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = "X-CSRF", In = ParameterLocation.Header, Required = false,
                Description = "1. Needed beside the session's cookie; callers with a token leave it out.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String, Enum = ["1"] },
            });
        }

        if (needsPerson)
        {
            operation.Security = [Requirement("session", context), Requirement("bearer", context)];
        }
    }

    private static OpenApiSecurityRequirement Requirement(string scheme, OpenApiOperationTransformerContext context) =>
        new() { [new OpenApiSecuritySchemeReference(scheme, context.Document)] = [] };
}
