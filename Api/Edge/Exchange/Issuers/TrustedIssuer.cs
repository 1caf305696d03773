namespace EmbedStack.Api.Edge.Exchange.Issuers;

/// <summary>The issuer whose tokens are taken for guests, if any is configured.</summary>
internal sealed record TrustedIssuer(IssuerGuests? Guests);
