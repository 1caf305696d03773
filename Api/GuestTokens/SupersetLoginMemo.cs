namespace EmbedStack.Api.GuestTokens;

/// <summary>Remembers the login for five minutes; of all callers that find none, one signs in, and its failure is theirs too.</summary>
internal sealed class SupersetLoginMemo(SupersetClient superset, TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(300);
    private readonly Lock _lock = new();
    private Task<SupersetLogin>? _login;

    /// <param name="refused">A login that Superset no longer takes; it is not answered again.</param>
    /// <param name="cancellationToken">Ends the caller's wait.</param>
    public Task<SupersetLogin> GetAsync(SupersetLogin? refused, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_login is not { } login || IsOver(login, refused))
            {
                // Not the caller's token: others wait for this login too.
                _login = login = superset.LogInAsync(CancellationToken.None);
            }

            return login.WaitAsync(cancellationToken);
        }
    }

    private bool IsOver(Task<SupersetLogin> login, SupersetLogin? refused) =>
        login.IsCompleted
        && (!login.IsCompletedSuccessfully || ReferenceEquals(login.Result, refused) || time.GetUtcNow() - login.Result.At >= Lifetime);
}
