using System.Net;
using System.Text.Json;
using EmbedStack.Api.Tests.Stack;
using Microsoft.AspNetCore.Http;

namespace EmbedStack.Api.Tests.Edge;

/// <summary>/api/v1/dashboard/…/datasets and drill_info: what a dataset is made of stays here.</summary>
public sealed class DatasetMetadataTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Theory]
    [InlineData("/api/v1/dashboard/3/datasets")]
    [InlineData("/api/v1/dashboard/aaaaaaaa-0000-4000-8000-000000000001/datasets")]
    [InlineData("/api/v1/dataset/7/drill_info/?q=(dashboard_id:3)")]
    public async Task WhatDatasetsAreMadeOfHoldsNoSql(string target)
    {
        api.Superset.Answer = context => context.Response.WriteAsJsonAsync(JsonSerializer.Deserialize<JsonElement>(
            """
            {"result":[{"id":7,"offset":12345678901234567890.10,"sql":"select 1","select_star":"select *","perm":"[clinic]","params":"{}","template_params":"{}",
             "columns":[{"column_name":"fee","verbose_name":"Gebühr","expression":"secret_column"}],
             "metrics":[{"metric_name":"revenue","d3format":",.0f","expression":"sum(secret_column)"}],"verbose_map":{"fee":"Fee"}}]}
            """));
        try
        {
            using var browser = api.NewEmbedBrowser();
            using var request = browser.Guest("GET", target);
            request.Headers.Add("Accept-Encoding", "gzip");
            using var answer = await browser.SendAsync(request);
            var dataset = (await answer.JsonAsync()).GetProperty("result")[0];
            Assert.Equal(["id", "offset", "columns", "metrics", "verbose_map"], dataset.EnumerateObject().Select(member => member.Name));
            Assert.Equal("12345678901234567890.10", dataset.GetProperty("offset").GetRawText());
            Assert.Equal("Gebühr", dataset.GetProperty("columns")[0].GetProperty("verbose_name").GetString());
            Assert.DoesNotContain("secret_column", dataset.GetRawText(), StringComparison.Ordinal);
            Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
            Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
            Assert.DoesNotContain("Accept-Encoding", api.Superset.LastSeen!.Headers.Keys);
        }
        finally
        {
            api.Superset.Answer = null;
        }
    }

    [Fact]
    public async Task MetadataThatCannotBeReadDoesNotPass()
    {
        api.Superset.Answer = context => context.Response.WriteAsync("select * from appointments");
        try
        {
            using var browser = api.NewEmbedBrowser();
            using var answer = await browser.SendAsync(browser.Guest("GET", "/api/v1/dashboard/3/datasets"));
            await answer.AssertProblemAsync(HttpStatusCode.BadGateway, "superset-refused");
        }
        finally
        {
            api.Superset.Answer = null;
        }
    }
}
