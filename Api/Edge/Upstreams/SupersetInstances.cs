using EmbedStack.Api.Edge.Protection;
using EmbedStack.Api.GuestTokens;
using EmbedStack.ServiceDefaults.Clients;

namespace EmbedStack.Api.Edge.Upstreams;

/// <summary>The instances of Superset that the stack has, any of which answers any request, and which of them is asked.</summary>
internal sealed partial class SupersetInstances(IConfiguration configuration, TimeProvider time, ILogger<SupersetInstances> logger) : IDisposable
{
    private const int MostFailures = 5;
    private const int MostSilences = 2;

    // Whatever has waited for so long is nearly over by itself: until then an answer may still come.
    private static readonly TimeSpan Longest = SupersetReads.PatienceFor(EdgeRoute.ChartData);
    private readonly Lock _lock = new();
    private uint _turn;

    public IReadOnlyList<SupersetInstance> All { get; } = Create(configuration, time);

    /// <summary>
    /// Whom to ask: of those that are best, one that works on fewest requests, in turn, once it has room. Where none is there,
    /// all are tried. The request is its own until <see cref="Release"/>.
    /// </summary>
    /// <param name="but">The one that was just asked in vain.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<SupersetInstance> EnterAsync(SupersetInstance? but, CancellationToken cancellationToken)
    {
        while (true)
        {
            var one = Choose(but);
            try
            {
                if (one.Room.Wait(0, cancellationToken))
                {
                    return one;
                }

                await one.Room.WaitAsync(cancellationToken);
            }
            catch
            {
                lock (_lock)
                {
                    one.Working--;
                }

                throw;
            }

            lock (_lock)
            {
                if (one.State <= Others(but).Min(other => other.State))
                {
                    return one;
                }
            }

            Release(one); // it went away meanwhile
        }
    }

    public void Release(SupersetInstance instance)
    {
        lock (_lock)
        {
            instance.Working--;
        }

        instance.Room.Release();
    }

    /// <summary>A request was answered.</summary>
    /// <param name="instance">By whom.</param>
    /// <param name="isWell">And not only that it cannot: one that fails at once has always least to do.</param>
    public void Answered(SupersetInstance instance, bool isWell)
    {
        lock (_lock)
        {
            Hear(instance);
            instance.Failures = isWell ? 0 : instance.Failures + 1;
            Turn(instance, instance.Failures >= MostFailures && All.Count > 1 ? InstanceState.Failing : InstanceState.There, "It answers that it cannot.");
        }
    }

    /// <summary>It says that it is well. One that fails may be asked once more: its health may know nothing of it.</summary>
    public void Return(SupersetInstance instance)
    {
        lock (_lock)
        {
            Hear(instance);
            instance.IsOnTrial = instance.State == InstanceState.Failing;
            if (!instance.IsOnTrial)
            {
                Turn(instance, InstanceState.There, "");
            }
        }
    }

    /// <summary>A connection to it failed, or its health is bad.</summary>
    public void Leave(SupersetInstance instance, string cause)
    {
        lock (_lock)
        {
            Turn(instance, InstanceState.Away, cause);
        }
    }

    /// <summary>It did not say how it is. After twice it is asked nothing new while another is there.</summary>
    /// <param name="instance">Who was asked.</param>
    /// <param name="since">When.</param>
    /// <returns>Whether what waits for it is to be given up: it has answered nobody for long, and another does.</returns>
    public bool IsLost(SupersetInstance instance, long since)
    {
        lock (_lock)
        {
            instance.Silences = instance.AnsweredAt > since ? 0 : instance.Silences + 1;
            if (instance.Silences >= MostSilences && instance.State < InstanceState.Silent)
            {
                Turn(instance, InstanceState.Silent, "It does not answer.");
            }

            return instance.State >= InstanceState.Silent && time.GetElapsedTime(instance.AnsweredAt) >= Longest && All.Any(other => other.State == InstanceState.There);
        }
    }

    public void Dispose()
    {
        foreach (var instance in All)
        {
            instance.Dispose();
        }
    }

    private static SupersetInstance[] Create(IConfiguration configuration, TimeProvider time)
    {
        var addresses = configuration.GetServiceAddresses(SupersetSettings.Service);
        // One alone is bounded by the line in front of it.
        var room = addresses.Count > 1 ? Math.Max(1, EdgeLimits.From(configuration, addresses.Count).Superset / addresses.Count) : int.MaxValue;
        return [.. addresses.Select(address => new SupersetInstance(address, room) { AnsweredAt = time.GetTimestamp() })];
    }

    private SupersetInstance Choose(SupersetInstance? but)
    {
        lock (_lock)
        {
            var turn = _turn++;
            var one = Others(but).Select((other, place) => (Instance: other, Place: (turn + place) % (uint)All.Count))
                .MinBy(other => (other.Instance.IsOnTrial ? InstanceState.There : other.Instance.State, other.Instance.Working, other.Place)).Instance;
            one.IsOnTrial = false;
            one.Working++;
            return one;
        }
    }

    private IEnumerable<SupersetInstance> Others(SupersetInstance? but) => All.Count == 1 ? All : All.Where(one => one != but);

    private void Hear(SupersetInstance instance) => (instance.AnsweredAt, instance.Silences) = (time.GetTimestamp(), 0);

    private void Turn(SupersetInstance instance, InstanceState state, string cause)
    {
        if (instance.State == state)
        {
            return;
        }

        instance.State = state;
        instance.IsOnTrial = false;
        if (state == InstanceState.There)
        {
            LogBack(instance.Address);
        }
        else
        {
            LogNotThere(instance.Address, state, cause);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Superset at {Address} is {State}: {Cause}")]
    private partial void LogNotThere(Uri address, InstanceState state, string cause);

    [LoggerMessage(LogLevel.Information, "Superset at {Address} is back.")]
    private partial void LogBack(Uri address);
}
