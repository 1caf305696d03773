using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using EmbedStack.AppHost.Tests.Leak.Asking;
using EmbedStack.AppHost.Tests.Leak.Attacks;
using EmbedStack.AppHost.Tests.Leak.Matrix;
using EmbedStack.AppHost.Tests.Leak.Questions;
using EmbedStack.AppHost.Tests.Leak.Stored;
using EmbedStack.AppHost.Tests.Stack;
using EmbedStack.AppHost.Tests.Tenancy;

namespace EmbedStack.AppHost.Tests.GuestTokens;

/// <summary>
/// Checks that docs/security-tests.md lists and that only the whole stack can answer, each named after its number there: one of
/// each kind. The leak suite has the rest.
/// </summary>
public sealed class StackChecks(StackFixture stack)
{
    private const string Dashboard = "clinic";
    private const string SupersetDatabase = "superset-db";
    private static readonly string[] Sources = ["SupersetContainer", "Api", "AppHost", "Hosting", "scripts"];
    private static readonly Person[] ThenTheOther = [Person.NorthsideAdministrator, Person.HarbourAdministrator];
    private static readonly HttpStatusCode[] Closed = [HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden, HttpStatusCode.NotFound, HttpStatusCode.MethodNotAllowed];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Category", "Smoke")]
    public async Task Check7NothingOfAnotherClinicIsSeenColdOrCachedOneAfterTheOther()
    {
        var stored = await StoredDashboards.ReadAsync(stack);
        var questions = QuestionsOf.Dashboard(stored, Dashboard, "admin").DistinctBy(question => question.Kind).ToArray();
        Assert.Equal(Enum.GetValues<QuestionKind>().Order(), questions.Select(question => question.Kind).Order());
        var turns = new Turns(stack);
        foreach (var question in questions)
        {
            await turns.AskAsync(question, ThenTheOther);
        }

        turns.AssertNone();
    }

    [Fact]
    [Trait("Category", "Smoke")]
    public async Task Check7TokenWithoutRulesWithAnothersOrThatIsOverReadsNothing()
    {
        var chart = (await StoredDashboards.ReadAsync(stack)).ChartsOf(Dashboard).First();
        var token = await (await stack.DirectApiAsync()).TokenAsync(await stack.Sessions.OfAsync(ThenTheOther[0]), Dashboard, Cancellation);
        var forgeries = new Dictionary<string, Action<JsonObject>?>
        {
            ["nothing"] = null,
            ["rules"] = claims => claims["rls_rules"] = new JsonArray(),
            ["a clinic"] = claims => claims["rls_rules"]![0]!["clause"] = "tenant_id = 'harbour'",
            ["time"] = claims => claims["exp"] = DateTimeOffset.UtcNow.ToUnixTimeSeconds() - 60,
        };
        foreach (var (what, forge) in forgeries)
        {
            foreach (var key in new[] { await stack.ParameterAsync("guest-token-secret"), "the-wrong-key-0123456789-0123456789-0123" })
            {
                var claims = GuestTokenForger.Payload(token);
                forge?.Invoke(claims);
                var answer = await new Guest(stack, GuestTokenForger.Signed(claims, key)).AskAsync(chart.Request(), Way.Direct);
                var isHonest = forge is null && !key.StartsWith("the-wrong", StringComparison.Ordinal);
                Assert.True(answer.Status == (isHonest ? HttpStatusCode.OK : HttpStatusCode.Unauthorized), $"{what}: {answer}");
            }
        }
    }

    [Theory]
    [InlineData(Way.Embed)]
    [InlineData(Way.Direct)]
    public async Task Check8GuestChangesNoQueryAndSeesNoInside(Way way)
    {
        var attack = await Attack.ByAdministratorAsync(stack);
        var queries = new Action<JsonObject>[]
        {
            request => request.FirstQuery()["metrics"] = new JsonArray(Sql.Expression("MAX(patient_id)")),
            request => request.FirstQuery()["columns"]!.AsArray().Add("patient_id"),
            request => request.FirstQuery()["columns"]!.AsArray().Add("no_such_column"),
            request => request.FirstQuery()["extras"]!["where"] = "tenant_id = 'harbour' OR 1 = 1",
        };
        foreach (var alter in queries)
        {
            var refused = await attack.Guest.AskAsync(Attack.Altered(attack.Chart.Request(), alter), way);
            Assert.True(refused.Status == HttpStatusCode.Forbidden, $"Not refused: {refused}");
            AssertNoInside(refused);
        }

        var other = attack.Stored.ChartsOf("network").First();
        foreach (var path in new[]
        {
            $"api/v1/chart/{other.Id}/data/", $"api/v1/chart/{attack.Chart.Id}/data/", "api/v1/sqllab/", "api/v1/query/", "api/v1/dataset/", $"api/v1/dataset/{attack.Chart.DatasetId}",
            "api/v1/database/", "api/v1/explore/", "explore/", "api/v1/log/", "superset/welcome/", "swagger/v1",
        })
        {
            var closed = await attack.Guest.GetAsync(path, way);
            Assert.True(Closed.Contains(closed.Status), $"{path}: {closed}");
            AssertNoInside(closed);
        }

        var foreign = await attack.Guest.AskAsync(other.Request(), way);
        Assert.True(Closed.Contains(foreign.Status), $"another dashboard's chart: {foreign}");
        var own = await attack.Guest.AskAsync(attack.Chart.Request(), way);
        Assert.True(own.IsOk, own.ToString());
        Assert.All(own.Results, result => Assert.True(!result.TryGetProperty("query", out var query) || query.ValueKind == JsonValueKind.Null || query.GetString() is "", "an answer shows its SQL"));
        AssertNoInside(own);
    }

    [Fact]
    public async Task Check12ServiceAccountMayMintAndNothingElse()
    {
        var granted = await Superuser.ScalarAsync<string>(
            stack, SupersetDatabase,
            """
            select string_agg(distinct permission.name || ' ' || view.name, ', ' order by permission.name || ' ' || view.name)
            from ab_user person join ab_user_role held on held.user_id = person.id
            join ab_permission_view_role granted on granted.role_id = held.role_id join ab_permission_view both_ on both_.id = granted.permission_view_id
            join ab_permission permission on permission.id = both_.permission_id join ab_view_menu view on view.id = both_.view_menu_id
            where person.username = 'embedstack-api'
            """);
        Assert.Equal("can_grant_guest_token SecurityRestApi, can_read SecurityRestApi", granted);
        using var account = await ServiceAccount.LogInAsync(stack, Cancellation);
        foreach (var path in new[] { "api/v1/dashboard/", "api/v1/chart/", "api/v1/dataset/", "api/v1/database/", "api/v1/security/users/", "api/v1/security/roles/" })
        {
            Assert.Contains(await account.GetAsync(path, Cancellation), Closed);
        }
    }

    // Of images, what goes into them: no registry answers everywhere, and a secret that is in no layer's source is in no layer.
    [Fact]
    public async Task Check12PasswordIsInNoImagesSourceNoConfigurationAndNoDatabase()
    {
        var password = await stack.ParameterAsync("service-account-password");
        var root = Path.GetFullPath("..", Projects.AppHost.ProjectPath);
        foreach (var file in Sources.SelectMany(folder => SourcesOf(Path.Combine(root, folder))).Append(stack.StatusFile))
        {
            Assert.False(
                (await File.ReadAllTextAsync(file, Cancellation)).Contains(password, StringComparison.Ordinal), $"{Path.GetRelativePath(root, file)} holds the service account's password");
        }

        var stored = await Superuser.ScalarAsync<string>(stack, SupersetDatabase, "select coalesce(password, '') from ab_user where username = 'embedstack-api'");
        Assert.Equal("!", stored);
    }

    private static void AssertNoInside(Answer answer) =>
        Assert.DoesNotMatch("(?i)traceback|psycopg|sqlalchemy|syntax error|relation \"|select .* from|clinic_reader", answer.Body);

    private static IEnumerable<string> SourcesOf(string folder) =>
        Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint })
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "node_modules" or "bin" or "obj" or "__pycache__" or ".pytest_cache") && new FileInfo(file).Length < 4_000_000);
}
