namespace EmbedStack.AppHost.Tests.Leak.Asking;

/// <summary>How a request reaches Superset.</summary>
public enum Way
{
    /// <summary>Through the embed origin, as a browser does.</summary>
    Embed,

    /// <summary>Past the Api with Superset's ingress secret, as somebody on the machine could who stole it.</summary>
    Direct,
}
