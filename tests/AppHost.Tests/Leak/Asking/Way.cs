namespace EmbedStack.AppHost.Tests.Leak.Asking;

/// <summary>How a request reaches Superset.</summary>
public enum Way
{
    /// <summary>Through the embed origin with the browser's token, as a browser does.</summary>
    Embed,

    /// <summary>Through an Api that is set to pass Superset's own token on: the direct way.</summary>
    Passed,

    /// <summary>Past the Api with Superset's ingress secret, as somebody on the machine could who stole it.</summary>
    Direct,
}
