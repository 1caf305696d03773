using System.Runtime.CompilerServices;
using Aspire.Hosting.Dashboard.Messages;

namespace Aspire.Hosting.Dashboard;

/// <summary>Cuts log lines into messages that stay below gRPC's limit of 4 MB.</summary>
internal static class ConsoleLogMessages
{
    private const int MaxCharacters = 2 * 1024 * 1024;

    public static async IAsyncEnumerable<WatchResourceConsoleLogsUpdate> From(
        IAsyncEnumerable<IReadOnlyList<LogLine>> batches, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var batch in batches.WithCancellation(cancellationToken))
        {
            var message = new WatchResourceConsoleLogsUpdate();
            var characters = 0;
            foreach (var line in batch)
            {
                var text = line.Content.Length > MaxCharacters ? line.Content[..MaxCharacters] : line.Content;
                if (characters + text.Length > MaxCharacters)
                {
                    yield return message;
                    message = new();
                    characters = 0;
                }

                message.LogLines.Add(new ConsoleLogLine { Text = text, IsStdErr = line.IsErrorMessage, LineNumber = line.LineNumber });
                characters += text.Length;
            }

            yield return message;
        }
    }
}
