using System.Text.RegularExpressions;

namespace EmbedStack.Api.Edge;

/// <summary>A route that the edge lets pass.</summary>
/// <param name="Name">What the page asks for there, for spans, metrics and tests.</param>
/// <param name="Method">The one method.</param>
/// <param name="Path">The whole path; a group <c>dashboard</c> names the dashboard that must be the guest's.</param>
/// <param name="Route">What becomes of it.</param>
/// <param name="LargestBody">Bytes that its body may have.</param>
internal sealed record EdgeRouteEntry(string Name, string Method, Regex Path, EdgeRoute Route, int LargestBody = 0)
{
    /// <summary>A part of the path that stands for something, or null.</summary>
    public string? Part(string name, PathString path) =>
        Path.Match(path.Value ?? "").Groups[name] is { Success: true, Value: var value } ? value : null;
}
