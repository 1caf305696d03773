using System.Net;
using EmbedStack.Api.Audit;
using EmbedStack.Api.Dashboards;
using EmbedStack.Api.Http;
using EmbedStack.Api.Persistence;
using EmbedStack.Api.Revocations;
using EmbedStack.Api.Tests.Stack;
using EmbedStack.Tests.Postgres;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace EmbedStack.Api.Tests.Persistence;

/// <summary>Postgres whose name does not resolve, as where its container starts anew: away, and nothing else.</summary>
public sealed class UnknownHostTests(ApiFixture api) : IClassFixture<ApiFixture>, IAsyncDisposable
{
    private readonly NpgsqlDataSource _nowhere = NpgsqlDataSource.Create("Host=postgres.invalid;Username=api;Password=x;Timeout=5");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _nowhere.DisposeAsync();

    [Fact]
    public async Task QuestionThatNeedsItIsToldSo()
    {
        await using var app = PeerServer.Create(FreePorts.Take(1)[0]);
        app.UseErrorAnswers();
        app.MapGet("/", () => _nowhere.ExecuteAsync("select 1", [], Cancellation));
        await app.StartAsync(Cancellation);
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        using var answer = await client.GetAsync("/", Cancellation);
        await answer.AssertProblemAsync(HttpStatusCode.ServiceUnavailable, "database-unavailable");
    }

    [Fact]
    public async Task UpkeepWaitsAndTheProcessGoesOn()
    {
        using var maintenance = new AuditMaintenance(_nowhere, NullLogger<AuditMaintenance>.Instance);
        await maintenance.StartAsync(Cancellation);
        await Task.Delay(TimeSpan.FromSeconds(1), Cancellation);
        Assert.False(maintenance.ExecuteTask!.IsCompleted, $"It ended: {maintenance.ExecuteTask.Exception?.Message}");
        await maintenance.StopAsync(Cancellation);
    }

    [Fact]
    public async Task WhatAnInstanceHasWrittenStandsAndIsNoFailureOfTheRequest()
    {
        using var revocations = ActivatorUtilities.CreateInstance<RevocationSource>(api.Api.Services, _nowhere);
        using var catalogue = ActivatorUtilities.CreateInstance<CatalogueSource>(api.Api.Services, _nowhere);
        await revocations.RefreshAsync();
        await catalogue.RefreshAsync();
        Assert.Equal("database-unavailable", Assert.Throws<ProblemException>(() => revocations.Current).Problem.Slug);
    }
}
