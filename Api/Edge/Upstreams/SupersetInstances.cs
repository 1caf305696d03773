using EmbedStack.Api.GuestTokens;
using EmbedStack.ServiceDefaults.Clients;

namespace EmbedStack.Api.Edge.Upstreams;

/// <summary>The instances of Superset that the stack has, any of which answers any request.</summary>
internal sealed partial class SupersetInstances(IConfiguration configuration, ILogger<SupersetInstances> logger) : IDisposable
{
    private uint _turn;

    public IReadOnlyList<SupersetInstance> All { get; } =
        [.. configuration.GetServiceAddresses(SupersetSettings.Service).Select(address => new SupersetInstance(address))];

    /// <summary>
    /// Whom to ask: of those that are there, one that works on fewest requests, in turn. Where none is there, all are tried.
    /// </summary>
    /// <param name="but">The one that was just asked in vain.</param>
    public SupersetInstance Next(SupersetInstance? but = null)
    {
        if (All.Count == 1)
        {
            return All[0];
        }

        var turn = Interlocked.Increment(ref _turn);
        return Enumerable.Range(0, All.Count).Select(place => All[(int)((turn + place) % All.Count)])
            .Where(one => one != but).MinBy(one => (one.IsAway, one.Working))!;
    }

    public void Leave(SupersetInstance instance, string cause)
    {
        if (instance.Leave())
        {
            LogAway(instance.Address, cause);
        }
    }

    public void Return(SupersetInstance instance)
    {
        if (instance.Return())
        {
            LogBack(instance.Address);
        }
    }

    public void Dispose()
    {
        foreach (var instance in All)
        {
            instance.Dispose();
        }
    }

    [LoggerMessage(LogLevel.Warning, "Superset at {Address} is away, others are asked: {Cause}")]
    private partial void LogAway(Uri address, string cause);

    [LoggerMessage(LogLevel.Information, "Superset at {Address} is back.")]
    private partial void LogBack(Uri address);
}
