using Microsoft.AspNetCore.Authentication;

namespace EmbedStack.Api.Identity;

/// <summary>The request's session and what Keycloak says about its person.</summary>
internal sealed record SignedIn(Session Session, Introspection Introspection)
{
    private const string Parameter = "embedstack.signed-in";

    /// <summary>Hands it on from the sign-in to what happens once it is complete.</summary>
    public void AttachTo(AuthenticationProperties properties) => properties.SetParameter(Parameter, this);

    public static SignedIn? Of(AuthenticationProperties properties) => properties.GetParameter<SignedIn>(Parameter);
}
