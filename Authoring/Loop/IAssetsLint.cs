namespace EmbedStack.Authoring.Loop;

/// <summary>The rules that assets keep to, so that no guest can ask what the walls refuse.</summary>
internal interface IAssetsLint
{
    /// <summary>One line for each fault that a folder of assets has in these dashboards.</summary>
    Task<IReadOnlyList<string>> RefusalsAsync(string root, IEnumerable<string> keys);
}
