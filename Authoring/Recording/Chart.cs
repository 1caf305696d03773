namespace EmbedStack.Authoring.Recording;

/// <summary>A chart of a dashboard.</summary>
/// <param name="Id">This installation's number.</param>
/// <param name="Uuid">What it is called everywhere.</param>
/// <param name="Title">What a reader sees above it.</param>
internal sealed record Chart(int Id, Guid Uuid, string Title);
