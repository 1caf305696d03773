namespace EmbedStack.Api.Alarms;

/// <summary>A request's body that can say what else stood in it.</summary>
internal interface INamesMembers
{
    /// <returns>The text of a member that is none of the contract's, or null.</returns>
    string? Text(string name);
}
