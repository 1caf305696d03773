namespace EmbedStack.Api.Views;

/// <summary>A person's views, by dashboard and name.</summary>
internal sealed record SavedViews(IReadOnlyList<SavedView> Views);
