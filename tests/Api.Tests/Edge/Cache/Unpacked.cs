using EmbedStack.Api.Edge.Cache;

namespace EmbedStack.Api.Tests.Edge.Cache;

/// <summary>What a kept answer says.</summary>
internal static class Unpacked
{
    public static byte[] Of(CachedAnswer kept)
    {
        var text = new MemoryStream();
        using var packed = Brotli.Open(kept.Body);
        packed.CopyTo(text);
        Assert.Equal(kept.Length, text.Length);
        return text.ToArray();
    }
}
