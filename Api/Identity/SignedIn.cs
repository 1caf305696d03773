using Microsoft.AspNetCore.Authentication;

namespace EmbedStack.Api.Identity;

/// <summary>Who a request comes from, as Keycloak says now, and the session that stands for them.</summary>
internal sealed record SignedIn(Guid SessionId, Introspection Introspection)
{
    private const string Parameter = "embedstack.signed-in";

    public string Subject => Introspection.Subject;

    /// <summary>Hands it on from the sign-in to what happens once it is complete.</summary>
    public void AttachTo(AuthenticationProperties properties) => properties.SetParameter(Parameter, this);

    public static SignedIn? Of(AuthenticationProperties properties) => properties.GetParameter<SignedIn>(Parameter);
}
