namespace Aspire.Hosting.ApplicationModel;

/// <summary>How a command ended.</summary>
public sealed class ExecuteCommandResult
{
    /// <summary>Whether it succeeded.</summary>
    public required bool Success { get; init; }

    /// <summary>Whether it was cancelled.</summary>
    public bool Canceled { get; init; }

    /// <summary>What to tell.</summary>
    public string? Message { get; init; }

    /// <summary>What it gave.</summary>
    public CommandResultData? Data { get; init; }

    /// <summary>What to tell.</summary>
    [Obsolete("Use Message instead.")]
    public string? ErrorMessage
    {
        get => Message;
        init => Message = value;
    }
}

/// <summary>What a command gave.</summary>
public sealed class CommandResultData
{
    /// <summary>The text.</summary>
    public required string Value { get; init; }

    /// <summary>The text's format.</summary>
    public CommandResultFormat Format { get; init; }

    /// <summary>Whether the dashboard opens it at once.</summary>
    public bool DisplayImmediately { get; init; }
}

/// <summary>Formats of what a command gave.</summary>
public enum CommandResultFormat
{
    /// <summary>Text.</summary>
    Text,

    /// <summary>JSON.</summary>
    Json,

    /// <summary>Markdown.</summary>
    Markdown,
}

/// <summary>Makes command results.</summary>
public static class CommandResults
{
    /// <summary>It succeeded.</summary>
    /// <returns>The result.</returns>
    public static ExecuteCommandResult Success() => new() { Success = true };

    /// <summary>It succeeded.</summary>
    /// <param name="message">What to tell.</param>
    /// <returns>The result.</returns>
    public static ExecuteCommandResult Success(string message) => new() { Success = true, Message = message };

    /// <summary>It succeeded.</summary>
    /// <param name="message">What to tell.</param>
    /// <param name="value">What it gave.</param>
    /// <returns>The result.</returns>
    public static ExecuteCommandResult Success(string message, CommandResultData value) => new() { Success = true, Message = message, Data = value };

    /// <summary>It succeeded.</summary>
    /// <param name="message">What to tell.</param>
    /// <param name="result">What it gave.</param>
    /// <param name="resultFormat">Its format.</param>
    /// <returns>The result.</returns>
    public static ExecuteCommandResult Success(string message, string result, CommandResultFormat resultFormat = CommandResultFormat.Text)
        => Success(message, new CommandResultData { Value = result, Format = resultFormat });

    /// <summary>It failed.</summary>
    /// <param name="errorMessage">What to tell.</param>
    /// <returns>The result.</returns>
    public static ExecuteCommandResult Failure(string? errorMessage = null) => new() { Success = false, Message = errorMessage };

    /// <summary>It failed.</summary>
    /// <param name="errorMessage">What to tell.</param>
    /// <param name="value">What it gave.</param>
    /// <returns>The result.</returns>
    public static ExecuteCommandResult Failure(string errorMessage, CommandResultData value) => new() { Success = false, Message = errorMessage, Data = value };

    /// <summary>It failed.</summary>
    /// <param name="errorMessage">What to tell.</param>
    /// <param name="result">What it gave.</param>
    /// <param name="resultFormat">Its format.</param>
    /// <returns>The result.</returns>
    public static ExecuteCommandResult Failure(string errorMessage, string result, CommandResultFormat resultFormat = CommandResultFormat.Text)
        => Failure(errorMessage, new CommandResultData { Value = result, Format = resultFormat });

    /// <summary>It failed.</summary>
    /// <param name="exception">Why.</param>
    /// <returns>The result.</returns>
    public static ExecuteCommandResult Failure(Exception exception) => Failure(exception.Message);

    /// <summary>It was cancelled.</summary>
    /// <returns>The result.</returns>
    public static ExecuteCommandResult Canceled() => new() { Success = false, Canceled = true };
}
