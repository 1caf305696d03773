using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Native.Redis;

/// <summary>A server is healthy when it takes the password and answers PING.</summary>
internal sealed class RedisHealthCheck(NativeRedisResource redis) : IHealthCheck
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(s_patience);
        try
        {
            var answers = await AskAsync(timeout.Token).ConfigureAwait(false);
            return answers is ["+OK", "+PONG"]
                ? HealthCheckResult.Healthy()
                : new HealthCheckResult(context.Registration.FailureStatus, $"Redis answered: {string.Join(' ', answers)}");
        }
        catch (Exception exception) when (exception is SocketException or IOException)
        {
            return new HealthCheckResult(context.Registration.FailureStatus, exception.Message, exception);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new HealthCheckResult(context.Registration.FailureStatus, "Redis did not answer in time");
        }
    }

    private async Task<string?[]> AskAsync(CancellationToken cancellationToken)
    {
        var password = await redis.PasswordParameter.GetValueAsync(cancellationToken).ConfigureAwait(false);
        using var client = new TcpClient();
        await client.ConnectAsync(redis.PrimaryEndpoint.Host, redis.PrimaryEndpoint.Port, cancellationToken).ConfigureAwait(false);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.UTF8.GetBytes(Command("AUTH", password ?? "") + Command("PING")), cancellationToken).ConfigureAwait(false);

        using var reader = new StreamReader(stream);
        return
        [
            await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false),
            await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false),
        ];
    }

    // A command is an array of strings, each with its length in bytes: https://redis.io/docs/latest/develop/reference/protocol-spec/
    private static string Command(params string[] words) =>
        string.Create(CultureInfo.InvariantCulture, $"*{words.Length}\r\n") + string.Concat(words.Select(word =>
            string.Create(CultureInfo.InvariantCulture, $"${Encoding.UTF8.GetByteCount(word)}\r\n{word}\r\n")));
}
