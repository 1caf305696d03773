using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using EmbedStack.AppHost.Tests.Faults;
using EmbedStack.AppHost.Tests.Leak.Asking;
using EmbedStack.AppHost.Tests.Leak.Oracle;
using EmbedStack.AppHost.Tests.Leak.Questions;
using EmbedStack.AppHost.Tests.Leak.Stored;
using EmbedStack.AppHost.Tests.Stack;

namespace EmbedStack.AppHost.Tests.Leak.Matrix;

/// <summary>
/// Two clinics ask the same at the same time, in bytes that differ by order, case, Unicode form and fields that nobody reads, while
/// what is kept is dropped under their feet: what means the same is one answer, what does not is none of another's, and each
/// clinic's rows are its own.
/// </summary>
public sealed class CollidingKeysTests(StackFixture stack)
{
    private const string Dashboard = "clinic";
    private const string Dataset = "appointments";
    private const int Workers = 4;
    private static readonly Person[] Clinics = [Person.NorthsideAdministrator, Person.HarbourAdministrator];
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task QuestionsThatNearlyCollideAreAnsweredToEachClinicByItsOwnRows()
    {
        var charts = await LookAlikesAsync();
        var bodies = new List<(EdgeViewer Viewer, string Body, string Right)>();
        foreach (var person in Clinics)
        {
            var token = await (await stack.Sessions.OfAsync(person)).TokenAsync(Dashboard, Cancellation);
            var (guest, viewer) = (new Guest(stack, token), new EdgeViewer(stack, person, token));
            var rights = new List<string>();
            foreach (var chart in charts)
            {
                var question = new QueryQuestion(QuestionKind.Chart, chart.Name, chart.Dashboard, chart.Dataset, chart.Request);
                var answer = await question.AskAsync(guest, force: false);
                Assert.True(answer.IsOk, $"{chart} for {person}: {answer}");
                Assert.Null(await question.DifferenceAsync(stack, person, answer));
                var right = AnswerRows.Of(answer.Body);
                rights.Add(right);
                bodies.AddRange(FormsOf(chart.Request()).Select(body => (viewer, body, right)));
            }

            Assert.True(rights.Distinct().Count() > 1, $"Of {person} all look-alikes have the same rows: they would not tell a collision.");
        }

        await DropAsync();
        var asking = Enumerable.Range(0, Workers).Select(worker => Task.Run(() => AskAsync(bodies, worker), Cancellation)).ToArray();
        await Task.WhenAny([.. asking, Task.Delay(TimeSpan.FromSeconds(1), Cancellation)]);
        await DropAsync();
        var outcomes = (await Task.WhenAll(asking)).SelectMany(outcome => outcome).ToArray();

        Assert.Equal(bodies.Count * Workers, outcomes.Length);
        Assert.All(outcomes, outcome => Assert.True(outcome.Verdict == Verdict.Right, outcome.ToString()));
    }

    // Both clinics' of each body next to one another, each worker from another place on.
    private static async Task<List<Outcome>> AskAsync(List<(EdgeViewer Viewer, string Body, string Right)> bodies, int worker)
    {
        var half = bodies.Count / Clinics.Length;
        var outcomes = new List<Outcome>();
        for (var turn = 0; turn < half; turn++)
        {
            var place = (turn + (worker * half / Workers)) % half;
            outcomes.AddRange(await Task.WhenAll(Enumerable.Range(0, Clinics.Length).Select(clinic =>
            {
                var (viewer, body, right) = bodies[(clinic * half) + place];
                return viewer.AskAsync(body, right);
            })));
        }

        return outcomes;
    }

    // One chart, narrowed to a value of each clinic and to what some normalization would take for the same. Of the other's value
    // a clinic has no rows: whoever saw any would see them here.
    private async Task<IReadOnlyList<StoredChart>> LookAlikesAsync()
    {
        var stored = await StoredDashboards.ReadAsync(stack);
        var (column, values) = await OwnAsync(stored);
        var chart = stored.ChartsOf(Dashboard).First(chart => chart.Dataset == Dataset && new Narrowing(column, values[0]).Fits(chart));
        return [.. values.SelectMany(AlikeOf).Distinct(StringComparer.Ordinal).Select(one => new Narrowing(column, one).Of(chart))];
    }

    private static string[] AlikeOf(string value)
    {
        string[] alike =
        [
            value, value.ToUpper(CultureInfo.InvariantCulture), value.ToLower(CultureInfo.InvariantCulture), $"{value} ",
            $"{value}\u00e9", $"{value}e\u0301", string.Concat(value.Select(sign => sign is > ' ' and <= '~' ? (char)(sign + 0xFEE0) : sign)),
        ];
        Assert.Equal(alike[4].Normalize(NormalizationForm.FormD), alike[5].Normalize(NormalizationForm.FormD));
        return alike;
    }

    // Each clinic's commonest value, in a column where both have one.
    private async Task<(string Column, string[] Values)> OwnAsync(StoredDashboards stored)
    {
        foreach (var column in stored.FiltersOf(Dashboard).Select(filter => filter.Column).Where(stored.Datasets[Dataset].Titles.ContainsKey))
        {
            var (first, second) = (await ValuesAsync(Clinics[0], column), await ValuesAsync(Clinics[1], column));
            if (Worded(first) is { } own && Worded(second) is { } other && own != other)
            {
                return (column, [own, other]);
            }
        }

        throw new InvalidOperationException("No filter has values that tell the clinics apart.");

        static string? Worded(IEnumerable<string> values) => values.FirstOrDefault(value => value.Any(char.IsLetter));
    }

    private async Task<IEnumerable<string>> ValuesAsync(Person person, string column)
    {
        var own = await ClinicOracle.OwnAsync(
            stack, person, Dataset, rows => $"select \"{column}\" from ({rows}) own where \"{column}\" is not null group by 1 order by count(*) desc, 1");
        return own.Lines.Select(line => line[0]);
    }

    // The same question in other bytes; the last two with fields that nobody reads.
    private static IEnumerable<string> FormsOf(JsonObject question)
    {
        var (ignored, parameters) = (question.DeepClone().AsObject(), question.DeepClone().AsObject());
        ignored["tenant"] = Clinics[1].Tenant;
        parameters["form_data"]!["url_params"] = new JsonObject { ["tenant_id"] = Clinics[1].Tenant };
        return [.. Variants.Of(question), ignored.ToJsonString(Plain), parameters.ToJsonString(Plain)];
    }

    private async Task DropAsync()
    {
        var leader = await stack.Sessions.OfAsync(Person.Leadership);
        Assert.Equal(HttpStatusCode.NoContent, (await leader.SendAsync(HttpMethod.Post, "api/admin/embed-cache/drops", new { kind = "all" }, Cancellation)).Status);
    }
}
