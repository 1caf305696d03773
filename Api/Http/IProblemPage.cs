namespace EmbedStack.Api.Http;

/// <summary>As a feature of a request: problems are answered with a page, since a browser shows the answer to somebody.</summary>
internal interface IProblemPage
{
    /// <summary>Writes the body, and its type. Status and <c>Retry-After</c> are set.</summary>
    Task WriteAsync(Problem problem, HttpContext context);
}
