namespace EmbedStack.Api.Http;

/// <summary>Ends a request with a problem: something is away, or something is not allowed.</summary>
internal sealed class ProblemException(Problem problem, Exception? inner = null) : Exception(problem.Title, inner)
{
    public Problem Problem { get; } = problem;
}
