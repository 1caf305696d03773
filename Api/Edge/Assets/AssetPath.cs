using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace EmbedStack.Api.Edge.Assets;

/// <summary>
/// An asset whose name holds the hash of its content: it never changes. Others, the service worker among them, keep their
/// name from build to build.
/// </summary>
internal sealed partial record AssetPath(string Path, string ContentType)
{
    private static readonly Dictionary<string, string> Types = new(StringComparer.OrdinalIgnoreCase)
    {
        [".js"] = "text/javascript; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".json"] = "application/json",
        [".geojson"] = "application/json",
        [".svg"] = "image/svg+xml",
        [".png"] = "image/png",
        [".gif"] = "image/gif",
        [".jpg"] = "image/jpeg",
        [".webp"] = "image/webp",
        [".woff"] = "font/woff",
        [".woff2"] = "font/woff2",
        [".ttf"] = "font/ttf",
        [".wasm"] = "application/wasm",
    };

    /// <summary>Its name on disk, of letters and digits alone.</summary>
    public string FileName { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Path)));

    /// <summary>Whether packing it saves anything.</summary>
    public bool IsText => ContentType.StartsWith("text/", StringComparison.Ordinal) || ContentType is "application/json" or "image/svg+xml" or "application/wasm" or "font/ttf";

    /// <returns>Null where the name holds no hash, or its type is none that pages load.</returns>
    public static AssetPath? Of(HttpRequest request) =>
        request.Path.Value is { } path && Hashed().IsMatch(path) && Types.TryGetValue(System.IO.Path.GetExtension(path), out var type)
            ? new AssetPath(path, type)
            : null;

    [GeneratedRegex(@"\A/static/assets(/[A-Za-z0-9_@~+-][A-Za-z0-9_@~+.-]*)*/([A-Za-z0-9_@~+-][A-Za-z0-9_@~+.-]*\.)?[0-9a-f]{8,20}\.([a-z]+\.)*[a-z0-9]+\z")]
    private static partial Regex Hashed();
}
