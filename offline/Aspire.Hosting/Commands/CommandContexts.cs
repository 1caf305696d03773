namespace Aspire.Hosting.ApplicationModel;

/// <summary>Asks whether a command can be used.</summary>
public sealed class UpdateCommandStateContext
{
    /// <summary>The resource now.</summary>
    public required CustomResourceSnapshot ResourceSnapshot { get; init; }

    /// <summary>The application's services.</summary>
    public required IServiceProvider Services { get; init; }

    /// <summary>The application's services.</summary>
    [Obsolete("Use Services instead.")]
    public IServiceProvider ServiceProvider
    {
        get => Services;
        init => Services = value;
    }
}

/// <summary>A command being executed.</summary>
public sealed class ExecuteCommandContext
{
    /// <summary>The application's services.</summary>
    public required IServiceProvider Services { get; init; }

    /// <summary>The resource instance's id.</summary>
    public required string ResourceName { get; init; }

    /// <summary>Ends it.</summary>
    public required CancellationToken CancellationToken { get; init; }

    /// <summary>The resource's log.</summary>
    public required ILogger Logger { get; init; }

    /// <summary>The application's services.</summary>
    [Obsolete("Use Services instead.")]
    public IServiceProvider ServiceProvider
    {
        get => Services;
        init => Services = value;
    }
}

/// <summary>How a command is shown.</summary>
public class CommandOptions
{
    /// <summary>The description shown.</summary>
    public string? Description { get; set; }

    /// <summary>The question asked first.</summary>
    public string? ConfirmationMessage { get; set; }

    /// <summary>Its icon.</summary>
    public string? IconName { get; set; }

    /// <summary>Its icon's variant.</summary>
    public IconVariant? IconVariant { get; set; }

    /// <summary>Whether it is shown beside the resource.</summary>
    public bool IsHighlighted { get; set; }

    /// <summary>Whether it can be used; by default always.</summary>
    public Func<UpdateCommandStateContext, ResourceCommandState>? UpdateState { get; set; }

    /// <summary>Who may use it.</summary>
    public ResourceCommandVisibility Visibility { get; set; } = ResourceCommandVisibility.UI | ResourceCommandVisibility.Api;
}
