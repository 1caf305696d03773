using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace EmbedStack.Api.Http;

internal static class ServerLimits
{
    public static void Apply(KestrelServerOptions options)
    {
        options.AddServerHeader = false;
        options.Limits.MaxRequestBodySize = 1024 * 1024; // the largest: a chart's query
        options.Limits.MaxRequestBufferSize = 128 * 1024; // what waits of a body that nobody reads yet
        options.Limits.MaxRequestLineSize = 16 * 1024; // filters travel in the embedded page's address
        options.Limits.MaxRequestHeadersTotalSize = 64 * 1024; // guest tokens travel in a header
        options.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        options.Limits.KeepAliveTimeout = TimeSpan.FromMinutes(2);
    }
}
