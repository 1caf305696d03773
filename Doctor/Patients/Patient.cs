using System.Net.Http.Json;
using EmbedStack.Doctor.Checks;

namespace EmbedStack.Doctor.Patients;

/// <summary>A Superset that is examined, by requests that change nothing.</summary>
internal abstract class Patient
{
    private const string Security = "api/v1/security/";
    private readonly Once<Reply> _login;
    private readonly Once<Reply> _csrf;
    private readonly Once<IReadOnlyList<EmbeddedDashboard>> _dashboards;
    private readonly Once<EmbeddedPage> _page;

    protected Patient()
    {
        _login = new(LoginAsync);
        _csrf = new(async () => await Superset.GetAsync($"{Security}csrf_token/", Bearer(await AccessTokenAsync())));
        _dashboards = new(ReadDashboardsAsync);
        _page = new(ReadPageAsync);
    }

    /// <summary>What is examined.</summary>
    public abstract string Name { get; }

    public abstract Peer Superset { get; }

    /// <summary>The way in that browsers take.</summary>
    public abstract Peer Browsers { get; }

    /// <summary>What never stands in a report.</summary>
    public abstract IEnumerable<string> Secrets { get; }

    /// <summary>What Superset answered to the account's name and password.</summary>
    public Task<Reply> Login => _login.Value;

    /// <summary>What Superset answered to the request for a CSRF token.</summary>
    public Task<Reply> Csrf => _csrf.Value;

    public Task<IReadOnlyList<EmbeddedDashboard>> Dashboards => _dashboards.Value;

    /// <summary>The page of a dashboard as a frame of the host's gets it.</summary>
    public Task<EmbeddedPage> Page => _page.Value;

    protected abstract (string UserName, IReadOnlyList<string> Passwords) Account { get; }

    public static (string, string) Bearer(string token) => ("Authorization", $"Bearer {token}");

    /// <exception cref="NotExaminedException">The account cannot sign in.</exception>
    public async Task<string> AccessTokenAsync() =>
        (await Login).Status == 200 && (await Login).Member("access_token") is { Length: > 0 } token
            ? token
            : throw new NotExaminedException("the account cannot sign in to Superset");

    /// <summary>Superset's own answer to a frame of a page, without what stands between it and browsers.</summary>
    public Task<Reply> OpenAsync(EmbeddedDashboard dashboard, string? referer) =>
        Superset.GetAsync($"embedded/{dashboard.EmbeddedId}", referer is null ? [] : [("Referer", referer)]);

    protected abstract Task<IReadOnlyList<EmbeddedDashboard>> ReadDashboardsAsync();

    private async Task<Reply> LoginAsync()
    {
        Reply? answer = null;
        foreach (var password in Account.Passwords)
        {
            answer = await Superset.PostAsync($"{Security}login", JsonContent.Create(new { username = Account.UserName, password, provider = "db" }));
            if (answer.Status != 401)
            {
                break;
            }
        }

        return answer ?? throw new NotExaminedException("no password is known for Superset");
    }

    private async Task<EmbeddedPage> ReadPageAsync()
    {
        foreach (var dashboard in (await Dashboards).Where(dashboard => dashboard.EmbeddedId is not null))
        {
            var referer = RefererOf(dashboard);
            if ((await OpenAsync(dashboard, referer)).Status == 200)
            {
                return new EmbeddedPage(await Browsers.GetAsync($"embedded/{dashboard.EmbeddedId}", ("Referer", referer), ("Accept", "text/html")));
            }
        }

        throw new NotExaminedException("Superset gives no dashboard's page to the host's frame");
    }

    /// <summary>A page of the host that frames the dashboard.</summary>
    public abstract string RefererOf(EmbeddedDashboard dashboard);
}
