namespace EmbedStack.Api.Edge;

/// <summary>Answers what guests read, where it can, without the edge's asking Superset.</summary>
internal interface IGuestReads
{
    /// <returns>
    /// Whence the answer came, once it is written; null where nothing was written and the next one, or Superset, is to be
    /// asked.
    /// </returns>
    /// <exception cref="Http.ProblemException">The read is refused, or Superset was asked and is away.</exception>
    ValueTask<EdgeSource?> AnswerAsync(GuestRead read, HttpContext context, CancellationToken cancellationToken);
}
