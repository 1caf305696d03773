namespace EmbedStack.Api.Edge.Upstreams;

/// <summary>One of the servers that answer as Superset, and how it is.</summary>
internal sealed class SupersetInstance(Uri address) : IDisposable
{
    private CancellationTokenSource _hangs = new();
    private int _working;
    private int _answers;
    private int _isAway;

    public Uri Address { get; } = address;

    /// <summary>Requests whose answer has not begun.</summary>
    public int Working => Volatile.Read(ref _working);

    /// <summary>How many requests have been answered, or begun to be.</summary>
    public int Answers => Volatile.Read(ref _answers);

    /// <summary>Whether others are asked first.</summary>
    public bool IsAway => Volatile.Read(ref _isAway) == 1;

    /// <summary>Ends what waits for it once it is known to answer nobody.</summary>
    public CancellationToken Hangs => Volatile.Read(ref _hangs).Token;

    /// <returns>Whether that is news.</returns>
    public bool Leave() => Interlocked.Exchange(ref _isAway, 1) == 0;

    /// <returns>Whether that is news.</returns>
    public bool Return() => Interlocked.Exchange(ref _isAway, 0) == 1;

    /// <summary>Gives up what waits for it.</summary>
    public void GiveUp() => Interlocked.Exchange(ref _hangs, new CancellationTokenSource()).Cancel();

    public void Begin() => Interlocked.Increment(ref _working);

    public void Answered() => Interlocked.Increment(ref _answers);

    public void End() => Interlocked.Decrement(ref _working);

    public void Dispose() => _hangs.Dispose();

    /// <summary>The same resource at this instance, whichever a request was made for.</summary>
    public Uri AddressOf(Uri resource) => resource.Authority == Address.Authority && resource.Scheme == Address.Scheme
        ? resource
        : new UriBuilder(resource) { Scheme = Address.Scheme, Host = Address.Host, Port = Address.Port }.Uri;
}
