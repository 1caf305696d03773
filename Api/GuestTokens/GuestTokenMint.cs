using System.Security.Cryptography;
using System.Text;
using EmbedStack.Api.Audit;
using EmbedStack.Api.Dashboards;
using EmbedStack.Api.Http;
using EmbedStack.Api.Tenancy;
using Npgsql;

namespace EmbedStack.Api.GuestTokens;

/// <summary>
/// Entitlement, then a rule for every dataset, then the token, then the audit row; only then the answer. Whatever
/// stops it is audited as well.
/// </summary>
internal sealed partial class GuestTokenMint(
    CatalogueSource catalogue, AssertionSigner signer, IGuestTokenIssuer issuer, AuditLog audit, Origins origins, MintMetrics metrics,
    ILogger<GuestTokenMint> logger)
{
    /// <exception cref="ProblemException">Nothing was minted, and why.</exception>
    public async Task<GuestTokenAnswer> MintAsync(
        Person person, IReadOnlyList<string> keys, HttpContext context, CancellationToken cancellationToken)
    {
        using var measure = metrics.Start();
        var about = AuditEvent.Permitted(AuditKind.Mint, context) with
        {
            Subject = person.Subject, SessionId = person.SessionId, Tenant = person.Tenant.Key, Role = person.Role, Dashboards = keys,
        };
        try
        {
            var grant = Decide(person, keys, await catalogue.GetAsync(cancellationToken));
            var token = await issuer.IssueAsync(grant, cancellationToken);
            var expiresAt = JsonWebSignature.ReadExpiry(token) ?? throw new ProblemException(Problems.SupersetRefused);
            await audit.WriteAsync(Minted(about, grant, token) with { TokenExpiresAt = expiresAt }, cancellationToken);
            measure.Succeed();
            return Answer(grant, token, expiresAt);
        }
        catch (Exception stopped)
        {
            var reason = Reason(stopped);
            measure.Refuse(reason);
            // Not the caller's token: whoever hangs up early leaves a row as well.
            await audit.WriteAsync(about with { Allowed = false, Reason = reason }, CancellationToken.None);
            throw;
        }
    }

    private static string Reason(Exception stopped) => stopped switch
    {
        ProblemException { Problem.Slug: var slug } => slug,
        OperationCanceledException => "caller-gone",
        NpgsqlException => Problems.DatabaseUnavailable.Slug,
        _ => Problems.Internal.Slug,
    };

    private GuestTokenGrant Decide(Person person, IReadOnlyList<string> keys, Catalogue current)
    {
        var dashboards = keys.Select(key => current.Find(key, person)).OfType<Dashboard>().ToArray();
        if (dashboards.Length != keys.Count)
        {
            throw new ProblemException(Problems.UnknownDashboard);
        }

        var datasets = dashboards.SelectMany(dashboard => dashboard.Datasets).ToArray();
        if (RowRules.For(person, datasets, current) is not { } rules)
        {
            LogUncovered(string.Join(',', datasets), person.Role);
            throw new ProblemException(Problems.Uncovered);
        }

        return new GuestTokenGrant(person, dashboards, rules, signer.Sign(person, dashboards, rules));
    }

    private static AuditEvent Minted(AuditEvent about, GuestTokenGrant grant, string token) => about with
    {
        RuleDatasets = [.. grant.Rules.Select(rule => rule.Dataset)],
        RuleCount = grant.Rules.Count,
        TokenSha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token))),
    };

    private GuestTokenAnswer Answer(GuestTokenGrant grant, string token, DateTimeOffset expiresAt) => new(
        token, expiresAt,
        [.. grant.Dashboards.Select(entry => new GuestTokenAnswer.Embed(entry.Key, entry.EmbeddedUuid, Origins.Text(origins.Embed)))]);

    [LoggerMessage(LogLevel.Error, "No rule for every dataset of {Datasets} as {Role}: nothing was minted")]
    private partial void LogUncovered(string datasets, string role);
}
