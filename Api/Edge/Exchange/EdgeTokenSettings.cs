namespace EmbedStack.Api.Edge.Exchange;

/// <summary>What browsers show at the embed origin.</summary>
/// <param name="IsDirect">Whether it is Superset's own guest token, which then passes as it is; else one of ours, exchanged here.</param>
internal sealed record EdgeTokenSettings(bool IsDirect)
{
    /// <exception cref="InvalidOperationException">There is no such way.</exception>
    public static EdgeTokenSettings From(IConfiguration configuration) => new(configuration["Edge:Tokens"] switch
    {
        null or "" or "exchange" => false,
        "direct" => true,
        _ => throw new InvalidOperationException("Edge__Tokens must be exchange or direct."),
    });
}
