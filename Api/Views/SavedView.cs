namespace EmbedStack.Api.Views;

/// <summary>A dashboard's state that a person keeps by name.</summary>
/// <param name="Id">What deletes it.</param>
/// <param name="Dashboard">The dashboard's key.</param>
/// <param name="Name">Its name, one of its kind among the person's views of the dashboard.</param>
/// <param name="Filters">The filters, as the app has them in its address.</param>
/// <param name="Permalink">The key of the permalink that holds the tabs.</param>
/// <param name="SavedAt">When it was saved last.</param>
internal sealed record SavedView(Guid Id, string Dashboard, string Name, string? Filters, string? Permalink, DateTimeOffset SavedAt);
