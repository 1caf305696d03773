namespace EmbedStack.Api.Edge.Upstreams;

/// <summary>One of the servers that answer as Superset. How it is, <see cref="SupersetInstances"/> decides, in its lock.</summary>
/// <param name="address">Where it is.</param>
/// <param name="room">How many requests it works on at once.</param>
internal sealed class SupersetInstance(Uri address, int room) : IDisposable
{
    private CancellationTokenSource _hangs = new();

    public Uri Address { get; } = address;

    /// <summary>The requests that it works on at once.</summary>
    public SemaphoreSlim Room { get; } = new(room);

    /// <summary>Requests whose answer has not begun, those that wait for room among them.</summary>
    public int Working { get; set; }

    public InstanceState State { get; set; }

    /// <summary>Whether one that fails is asked once more.</summary>
    public bool IsOnTrial { get; set; }

    /// <summary>Answers in a row that said that it cannot.</summary>
    public int Failures { get; set; }

    /// <summary>Questions after its health in a row that it left without an answer, while it answered nobody else either.</summary>
    public int Silences { get; set; }

    /// <summary>When it answered last.</summary>
    public long AnsweredAt { get; set; }

    /// <summary>Ends what waits for it once it is known to answer nobody.</summary>
    public CancellationToken Hangs => Volatile.Read(ref _hangs).Token;

    /// <summary>Gives up what waits for it.</summary>
    public Task GiveUpAsync() => Interlocked.Exchange(ref _hangs, new CancellationTokenSource()).CancelAsync();

    public void Dispose()
    {
        _hangs.Dispose();
        Room.Dispose();
    }

    /// <summary>The same resource at this instance, whichever a request was made for.</summary>
    public Uri AddressOf(Uri resource) => resource.Authority == Address.Authority && resource.Scheme == Address.Scheme
        ? resource
        : new UriBuilder(resource) { Scheme = Address.Scheme, Host = Address.Host, Port = Address.Port }.Uri;
}
