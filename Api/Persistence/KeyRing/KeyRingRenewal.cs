using System.Security.Cryptography;
using System.Xml.Linq;
using Npgsql;

namespace EmbedStack.Api.Persistence.KeyRing;

/// <summary>
/// Brings the whole ring under the current secret at start and whenever the file has changed, so that the previous
/// secret is needed for a moment only and the next rotation loses nothing.
/// </summary>
internal sealed partial class KeyRingRenewal(
    NpgsqlDataSource database, KeyRingSecret secret, TimeProvider time, ILogger<KeyRingRenewal> logger) : BackgroundService
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(5);
    private string? _renewedUnder;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await RenewAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <summary>Renews what is not under the current secret. Instances may do so at once: a row that another changed is left to it.</summary>
    public async Task RenewAsync(CancellationToken cancellationToken)
    {
        var current = secret.Current;
        if (current == _renewedUnder)
        {
            return;
        }

        var wrapping = new KeyWrapping(secret);
        var rows = await database.QueryAsync(
            "select name, xml from api.data_protection_keys", [], row => (Name: row.GetString(0), Xml: row.GetString(1)), cancellationToken);
        foreach (var (name, xml) in rows)
        {
            await RenewAsync(wrapping, name, xml, cancellationToken);
        }

        _renewedUnder = current;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Poll, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await RenewAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                LogLater(exception.Message);
            }
        }
    }

    private async Task RenewAsync(KeyWrapping wrapping, string name, string xml, CancellationToken cancellationToken)
    {
        try
        {
            var key = XElement.Parse(xml);
            if (wrapping.Renew(key))
            {
                await database.ExecuteAsync(
                    "update api.data_protection_keys set xml = $3 where name = $1 and xml = $2",
                    [name, xml, key.ToString(SaveOptions.DisableFormatting)], cancellationToken);
                LogRenewed(name);
            }
        }
        catch (CryptographicException exception)
        {
            LogLost(name, exception.Message);
        }
    }

    [LoggerMessage(LogLevel.Information, "Data-protection key {Name} is encrypted under the current secret")]
    private partial void LogRenewed(string name);

    [LoggerMessage(LogLevel.Error, "Data-protection key {Name} cannot be read: {Cause}")]
    private partial void LogLost(string name, string cause);

    [LoggerMessage(LogLevel.Warning, "The key ring is renewed later: {Cause}")]
    private partial void LogLater(string cause);
}
