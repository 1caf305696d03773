using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Aspire.Hosting.Testing;
using EmbedStack.AppHost.Tests.Stack;
using Npgsql;

namespace EmbedStack.AppHost.Tests.Isolation;

/// <summary>Superset's chart data API spoken to by hand, as somebody would who holds a guest token.</summary>
internal sealed class ChartDataClient(StackFixture stack)
{
    private static readonly string[] Metrics = ["appointments"];

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    /// <summary>The <paramref name="column"/>s that a query on the appointments dataset answers, counted by value.</summary>
    public async Task<(HttpStatusCode Status, IReadOnlyDictionary<string, long> Rows)> CountByAsync(Uri origin, string? token, string column, object[] filters, string? ingressSecret = null)
    {
        var dashboard = await IdAsync("dashboard", "clinic");
        var dataset = await IdAsync("dataset", "appointments");
        using var client = new HttpClient { BaseAddress = origin, Timeout = Timeout };
        using var request = new HttpRequestMessage(HttpMethod.Post, $"api/v1/chart/data?dashboard_id={dashboard}")
        {
            Content = JsonContent.Create(new
            {
                datasource = new { id = dataset, type = "table" },
                force = true,
                queries = new[]
                {
                    new { columns = new[] { column }, metrics = Metrics, filters, row_limit = 1000, orderby = Array.Empty<object>() },
                },
                form_data = new { dashboardId = dashboard },
                result_format = "json",
                result_type = "full",
            }),
        };
        if (token is not null)
        {
            request.Headers.Add("X-GuestToken", token);
        }

        if (ingressSecret is not null)
        {
            request.Headers.Add("X-Superset-Ingress", ingressSecret);
        }

        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return (response.StatusCode, response.StatusCode == HttpStatusCode.OK ? await RowsAsync(response, column) : new Dictionary<string, long>());
    }

    private static async Task<Dictionary<string, long>> RowsAsync(HttpResponseMessage response, string column)
    {
        using var document = await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync(), cancellationToken: TestContext.Current.CancellationToken);
        return document.RootElement.GetProperty("result")[0].GetProperty("data").EnumerateArray()
            .ToDictionary(row => row.GetProperty(column).ToString(), row => row.GetProperty("appointments").GetInt64());
    }

    private async Task<int> IdAsync(string kind, string key)
    {
        await using var connection = new NpgsqlConnection(await stack.Application.GetConnectionStringAsync("embedstack-db"));
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand("select id from shared.catalog_ids where kind = @kind and key = @key", connection);
        command.Parameters.AddWithValue("kind", kind);
        command.Parameters.AddWithValue("key", key);
        return (int)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }
}
