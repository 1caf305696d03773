using System.Globalization;

namespace EmbedStack.AppHost.Status;

/// <summary>Finds the line that says why a resource failed.</summary>
internal sealed class FailureCause(ResourceLoggerService logs)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);

    public async Task<string> FindAsync(ResourceStatus status, CancellationToken cancellationToken)
    {
        var line = await LastLineAsync(status, cancellationToken);
        var state = status.Snapshot?.ExitCode is { } exitCode
            ? string.Create(CultureInfo.InvariantCulture, $"it ended with exit code {exitCode}")
            : $"its state is {status.State}";
        return line is null ? state : $"{state}: {line}";
    }

    // A process says what it could not do last, and to its error stream where it has manners.
    private async Task<string?> LastLineAsync(ResourceStatus status, CancellationToken cancellationToken)
    {
        string? last = null, lastError = null;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        try
        {
            await foreach (var batch in logs.GetAllAsync(status.Id).WithCancellation(limit.Token))
            {
                foreach (var line in batch.Where(line => !string.IsNullOrWhiteSpace(line.Content)))
                {
                    last = line.Content;
                    lastError = line.IsErrorMessage ? line.Content : lastError;
                }
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // What came in time is enough.
        }

        return WithoutTimestamp(lastError ?? last);
    }

    private static string? WithoutTimestamp(string? line) =>
        line?.Split(' ', 2) is [var first, var rest] && DateTime.TryParse(first, CultureInfo.InvariantCulture, out _) ? rest : line;
}
