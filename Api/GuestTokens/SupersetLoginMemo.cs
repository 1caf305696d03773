namespace EmbedStack.Api.GuestTokens;

/// <summary>Remembers the login for five minutes; of all callers that find none, one signs in.</summary>
internal sealed class SupersetLoginMemo(SupersetClient superset, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(300);
    private readonly SemaphoreSlim _turn = new(1, 1);
    private SupersetLogin? _login;

    /// <param name="refused">A login that Superset no longer takes; it is not answered again.</param>
    /// <param name="cancellationToken">Ends the caller's wait.</param>
    public async Task<SupersetLogin> GetAsync(SupersetLogin? refused, CancellationToken cancellationToken)
    {
        if (Remembered(refused) is { } login)
        {
            return login;
        }

        await _turn.WaitAsync(cancellationToken);
        try
        {
            // Not the caller's token: others wait for this login too.
            return Remembered(refused) ?? (_login = await superset.LogInAsync(CancellationToken.None));
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private SupersetLogin? Remembered(SupersetLogin? refused) =>
        _login is { } login && !ReferenceEquals(login, refused) && time.GetUtcNow() - login.At < Lifetime ? login : null;
}
