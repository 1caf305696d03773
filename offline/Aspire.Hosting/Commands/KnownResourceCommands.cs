namespace Aspire.Hosting.ApplicationModel;

/// <summary>The commands that the engine gives to resources.</summary>
public static class KnownResourceCommands
{
    /// <summary>Starts the resource.</summary>
    public static readonly string StartCommand = "start";

    /// <summary>Stops the resource.</summary>
    public static readonly string StopCommand = "stop";

    /// <summary>Stops and starts the resource.</summary>
    public static readonly string RestartCommand = "restart";

    /// <summary>Builds the project and restarts it.</summary>
    public static readonly string RebuildCommand = "rebuild";

    /// <summary>Sets a parameter.</summary>
    public static readonly string SetParameterCommand = "set-parameter";

    /// <summary>Forgets a parameter.</summary>
    public static readonly string DeleteParameterCommand = "delete-parameter";

    /// <summary>The name in use for a name of earlier versions.</summary>
    internal static string Current(string name) => name switch
    {
        "resource-start" => StartCommand,
        "resource-stop" => StopCommand,
        "resource-restart" => RestartCommand,
        "parameter-set" => SetParameterCommand,
        "parameter-delete" => DeleteParameterCommand,
        _ => name,
    };
}
