using System.Net.Http.Json;
using EmbedStack.Doctor.Checks;

namespace EmbedStack.Doctor.Patients;

/// <summary>
/// Guests of the stack: a clinic's machine, which has a client of its own at Keycloak, asks for the tokens of what it may see.
/// </summary>
internal sealed class Guests
{
    private const string Client = "northside-integration";
    private readonly StackPatient _stack;
    private readonly IReadOnlyList<string> _secrets;
    private readonly Once<Reply> _signIn;
    private readonly Once<Reply> _listed;
    private readonly Once<IReadOnlyList<Mint>> _mints;

    public Guests(StackPatient stack, IReadOnlyList<string> secrets)
    {
        (_stack, _secrets) = (stack, secrets);
        _signIn = new(SignInAsync);
        _listed = new(async () => await _stack.Api.GetAsync("api/dashboards", Patient.Bearer(await AccessTokenAsync())));
        _mints = new(MintAsync);
    }

    /// <summary>What Keycloak answered to the machine's credentials.</summary>
    public Task<Reply> SignIn => _signIn.Value;

    /// <summary>The dashboards that the Api lists for it.</summary>
    public Task<Reply> Listed => _listed.Value;

    /// <summary>What the Api answered to the request for each dashboard's token.</summary>
    public Task<IReadOnlyList<Mint>> Mints => _mints.Value;

    /// <summary>The dashboards for which there are tokens.</summary>
    /// <exception cref="NotExaminedException">There are none.</exception>
    public async Task<IReadOnlyList<Mint>> WithTokensAsync()
    {
        Mint[] minted = [.. (await Mints).Where(mint => mint.Token is not null)];
        return minted.Length > 0 ? minted : throw new NotExaminedException("the Api gives no guest token");
    }

    private async Task<string> AccessTokenAsync() =>
        (await SignIn).Status == 200 && (await SignIn).Member("access_token") is { Length: > 0 } token
            ? token
            : throw new NotExaminedException("nobody can sign in");

    private async Task<Reply> SignInAsync()
    {
        Reply? answer = null;
        foreach (var secret in _secrets)
        {
            using var form = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["grant_type"] = "client_credentials", ["client_id"] = Client, ["client_secret"] = secret,
            });
            answer = await _stack.Keycloak.PostAsync("realms/embedstack/protocol/openid-connect/token", form);
            if (answer.Status == 200)
            {
                break;
            }
        }

        return answer ?? throw new NotExaminedException($"the secret of {Client} is not known here");
    }

    private async Task<IReadOnlyList<Mint>> MintAsync()
    {
        var keys = (await Listed).Expect(200).Json?["dashboards"]?.AsArray().Select(entry => (string)entry!["key"]!).ToArray() ?? [];
        List<Mint> mints = [];
        foreach (var key in keys)
        {
            mints.Add(new Mint(key, await MintAsync(key)));
        }

        return mints;
    }

    /// <summary>Asks for one more token of a dashboard.</summary>
    public async Task<Reply> MintAsync(string key) => await _stack.Api.PostAsync(
        "api/superset/guest-token", JsonContent.Create(new { dashboard_key = key }), Patient.Bearer(await AccessTokenAsync()));
}

/// <summary>What the Api answered to the request for a dashboard's token.</summary>
internal sealed record Mint(string Key, Reply Answer)
{
    public string? Token => Answer.Status == 200 ? Answer.Member("token") : null;

    /// <summary>The header by which a page shows the token.</summary>
    public (string, string) Shown => ("X-GuestToken", Token!);
}
