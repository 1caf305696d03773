using System.Diagnostics;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A command of a resource.</summary>
[DebuggerDisplay("Type = {GetType().Name,nq}, Name = {Name}")]
public sealed class ResourceCommandAnnotation : IResourceAnnotation
{
    /// <summary>Makes a command.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="displayName">The name shown.</param>
    /// <param name="updateState">Whether it can be used, asked at every change of the resource.</param>
    /// <param name="executeCommand">What it does.</param>
    /// <param name="displayDescription">The description shown.</param>
    /// <param name="parameter">Not used.</param>
    /// <param name="confirmationMessage">The question asked first.</param>
    /// <param name="iconName">Its icon.</param>
    /// <param name="iconVariant">Its icon's variant.</param>
    /// <param name="isHighlighted">Whether it is shown beside the resource.</param>
    public ResourceCommandAnnotation(string name, string displayName, Func<UpdateCommandStateContext, ResourceCommandState> updateState, Func<ExecuteCommandContext, Task<ExecuteCommandResult>> executeCommand, string? displayDescription, object? parameter, string? confirmationMessage, string? iconName, IconVariant? iconVariant, bool isHighlighted)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(displayName);
        ArgumentNullException.ThrowIfNull(updateState);
        ArgumentNullException.ThrowIfNull(executeCommand);
        (Name, DisplayName, UpdateState, ExecuteCommand) = (name, displayName, updateState, executeCommand);
        (DisplayDescription, ConfirmationMessage) = (displayDescription, confirmationMessage);
        (IconName, IconVariant, IsHighlighted) = (iconName, iconVariant, isHighlighted);
        OldParameter = parameter;
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>The name shown.</summary>
    public string DisplayName { get; }

    /// <summary>Whether it can be used.</summary>
    public Func<UpdateCommandStateContext, ResourceCommandState> UpdateState { get; }

    /// <summary>What it does.</summary>
    public Func<ExecuteCommandContext, Task<ExecuteCommandResult>> ExecuteCommand { get; }

    /// <summary>The description shown.</summary>
    public string? DisplayDescription { get; }

    /// <summary>The question asked first.</summary>
    public string? ConfirmationMessage { get; }

    /// <summary>Its icon.</summary>
    public string? IconName { get; }

    /// <summary>Its icon's variant.</summary>
    public IconVariant? IconVariant { get; }

    /// <summary>Whether it is shown beside the resource.</summary>
    public bool IsHighlighted { get; }

    /// <summary>Who may use it.</summary>
    public ResourceCommandVisibility Visibility { get; internal init; } = ResourceCommandVisibility.UI | ResourceCommandVisibility.Api;

    internal object? OldParameter { get; }

    internal ResourceCommandSnapshot ToSnapshot(CustomResourceSnapshot resource, IServiceProvider services)
    {
        var state = UpdateState(new UpdateCommandStateContext { ResourceSnapshot = resource, Services = services });
        return new(Name, state, DisplayName, DisplayDescription, OldParameter, ConfirmationMessage, IconName, IconVariant, IsHighlighted) { Visibility = Visibility };
    }
}

/// <summary>Whether a command can be used.</summary>
public enum ResourceCommandState
{
    /// <summary>It can.</summary>
    Enabled,

    /// <summary>It is shown, but cannot.</summary>
    Disabled,

    /// <summary>It is not shown.</summary>
    Hidden,
}

/// <summary>Who may use a command.</summary>
[Flags]
public enum ResourceCommandVisibility
{
    /// <summary>Nobody.</summary>
    None = 0,

    /// <summary>The dashboard.</summary>
    UI = 1,

    /// <summary>Programs.</summary>
    Api = 2,
}
