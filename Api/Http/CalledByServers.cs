namespace EmbedStack.Api.Http;

/// <summary>
/// Marks an endpoint that other servers call: by any name of this one, without a page's header, and with credentials of
/// its own. It must look at no cookie.
/// </summary>
internal sealed class CalledByServers;
