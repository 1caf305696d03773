namespace EmbedStack.Api.Edge.Exchange.Issuers;

/// <summary>The issuer whose tokens are taken for guests, if any is configured.</summary>
/// <param name="Name">What their <c>iss</c> is.</param>
/// <param name="Guests">Makes guests of them.</param>
internal sealed record TrustedIssuer(string? Name, IssuerGuests? Guests);
