namespace EmbedStack.Api.Instances;

/// <summary>What an instance of the Api serves, by the setting <c>Role</c>.</summary>
[Flags]
internal enum ApiRole
{
    /// <summary>The app's origin and the authors'.</summary>
    App = 1,

    /// <summary>The embed origin.</summary>
    Edge = 2,

    /// <summary>All of them.</summary>
    All = App | Edge,
}
