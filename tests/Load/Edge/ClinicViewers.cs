using System.Net.Http.Json;
using System.Text.Json;
using EmbedStack.AppHost.Tests.SignIn;
using EmbedStack.Load.Stacks;
using EmbedStack.ServiceDefaults.Jobs;

namespace EmbedStack.Load.Edge;

/// <summary>Each clinic's administrator, signed in, with embedded sessions of their own.</summary>
internal static class ClinicViewers
{
    private const string Role = "admin@";
    private const string Dashboard = "clinic";

    // Stock Superset has one connection: clinics with tables or a database of their own are not there.
    private static readonly string[] Elsewhere = ["manly", "hurstville"];

    /// <returns>The viewers, clinics in turn, and the origin that their pages ask.</returns>
    public static async Task<(IReadOnlyList<Viewer> Viewers, Uri Origin)> SignInAsync(OwnStack stack, int sessionsEach, CancellationToken cancellation)
    {
        var viewers = new List<Viewer>();
        var origin = default(Uri);
        foreach (var (user, password) in stack.Users.Where(user => user.Name.StartsWith(Role, StringComparison.Ordinal)))
        {
            var clinic = user[Role.Length..user.IndexOf('.', StringComparison.Ordinal)];
            if (Elsewhere.Contains(clinic))
            {
                continue;
            }

            using var browser = new Browserless();
            await stack.SignInAsync(browser, user, password, cancellation);
            for (var session = 0; session < sessionsEach; session++)
            {
                var answer = await MintAsync(browser, stack.App, cancellation);
                origin ??= new Uri(answer.GetProperty("dashboards")[0].GetProperty("domain").GetString()!);
                viewers.Add(new Viewer(clinic, answer.GetProperty("token").GetString()!));
            }
        }

        return ([.. viewers.Select((viewer, place) => (viewer, turn: place % sessionsEach)).OrderBy(one => one.turn).Select(one => one.viewer)],
            origin ?? throw new JobException("the stack has no clinics' administrators"));
    }

    private static async Task<JsonElement> MintAsync(Browserless browser, Uri app, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(app, "api/superset/guest-token")) { Content = JsonContent.Create(new { dashboard_key = Dashboard }) };
        request.Headers.Add("X-CSRF", "1");
        using var answer = await browser.SendAsync(request, cancellation);
        var text = await answer.Content.ReadAsStringAsync(cancellation);
        return answer.IsSuccessStatusCode ? JsonSerializer.Deserialize<JsonElement>(text) : throw new JobException($"the mint answered {(int)answer.StatusCode}: {text}");
    }
}
