using Microsoft.AspNetCore.Authentication;

namespace EmbedStack.Api.Identity;

/// <summary>A signed-in browser. Its id is opaque and stands in every guest token's assertion.</summary>
internal sealed record Session(Guid Id, string Subject, SessionTokens Tokens)
{
    private const string Parameter = "embedstack.session";

    /// <summary>Hands the session on within the request, beside the ticket that it came with.</summary>
    public void AttachTo(AuthenticationProperties properties) => properties.SetParameter(Parameter, this);

    public static Session? Of(AuthenticationProperties properties) => properties.GetParameter<Session>(Parameter);
}
