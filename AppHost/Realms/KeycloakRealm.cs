using Microsoft.Extensions.Logging;

namespace EmbedStack.AppHost.Realms;

/// <summary>The realm <c>embedstack</c>, and what the model knows of it.</summary>
/// <param name="keycloak">The server.</param>
/// <param name="secrets">The clients' secrets, the demo persons' passwords and that of the server's administrator.</param>
/// <param name="app">The app's address as browsers know it.</param>
/// <param name="authors">The authors' origin.</param>
/// <param name="api">Where Keycloak itself reaches the Api, always in the clear: it trusts no certificate of this machine's making.</param>
internal sealed class KeycloakRealm(
    IResourceBuilder<IResourceWithServiceDiscovery> keycloak, StackSecrets secrets, ReferenceExpression app, ReferenceExpression authors,
    EndpointReference api)
{
    /// <summary>The import file, beside the AppHost.</summary>
    public const string File = "Realms/embedstack-realm.json";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    /// <summary>The import file's content, with placeholders.</summary>
    public RealmFile Source { get; } = FileOf(keycloak.ApplicationBuilder);

    /// <summary>What the placeholders stand for.</summary>
    public IReadOnlyDictionary<string, IValueProvider> Values { get; } =
        new Dictionary<string, IValueProvider>(
            secrets.Realm.All.Select(secret => KeyValuePair.Create(secret.Key, ValueOf(secret.Value.Resource, keycloak.ApplicationBuilder))))
        {
            ["APP_ORIGIN"] = app,
            ["AUTHORS_ORIGIN"] = authors,
            ["API_ORIGIN"] = api,
            ["MODEL_DIGEST"] = new RealmDigest(FileOf(keycloak.ApplicationBuilder), secrets.Realm),
        };

    /// <summary>What tokens name as their issuer, for browsers and for processes.</summary>
    public ReferenceExpression Issuer => AddressBy(keycloak.GetEndpoint("http", KnownNetworkIdentifiers.LocalhostNetwork));

    /// <summary>Where a process reaches the realm itself.</summary>
    public ReferenceExpression BackChannel => AddressBy(keycloak.GetEndpoint("http"));

    /// <summary>The import file of an application.</summary>
    public static RealmFile FileOf(IDistributedApplicationBuilder builder) => new(Path.GetFullPath(File, builder.AppHostDirectory));

    /// <summary>Makes the realm in Keycloak what the model says, before anything that waits for Keycloak starts.</summary>
    public Task FollowModelAsync(ILogger logger, CancellationToken cancellationToken) =>
        WithinLimitAsync(logger, (reconciler, wanted, token) => reconciler.FollowModelAsync(wanted, token), cancellationToken);

    /// <summary>Deletes the realm with its users and sessions, and imports it anew.</summary>
    public Task ResetAsync(ILogger logger, CancellationToken cancellationToken) =>
        WithinLimitAsync(logger, (reconciler, wanted, token) => reconciler.ResetAsync(wanted, token), cancellationToken);

    private static IValueProvider ValueOf(ParameterResource secret, IDistributedApplicationBuilder builder) =>
        RotatingSecrets.Names.Contains(secret.Name) ? new RotatedSecret(secret, builder) : secret;

    private static ReferenceExpression AddressBy(EndpointReference endpoint) => ReferenceExpression.Create($"{endpoint}/realms/embedstack");

    private async Task WithinLimitAsync(
        ILogger logger, Func<RealmReconciler, RealmRepresentation, CancellationToken, Task> action, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);

        try
        {
            var password = await ValueOfAsync("the administrator", secrets.KeycloakAdmin.Resource, limit.Token);
            using var client = new KeycloakAdminClient(new Uri(keycloak.GetEndpoint("http").Url), password);
            await action(new RealmReconciler(client, logger), await ResolveAsync(limit.Token), limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new DistributedApplicationException($"Keycloak did not answer within {Limit.TotalSeconds} s.");
        }
    }

    private async Task<RealmRepresentation> ResolveAsync(CancellationToken cancellationToken)
    {
        var filled = new Dictionary<string, string>();
        foreach (var (name, value) in Values)
        {
            filled[name] = await ValueOfAsync(name, value, cancellationToken);
        }

        return new RealmRepresentation(Source.Fill(filled));
    }

    // As Keycloak's own network has it: the Api's address there is another than here where Keycloak is a container.
    private async Task<string> ValueOfAsync(string name, IValueProvider value, CancellationToken cancellationToken) =>
        await value.GetValueAsync(new ValueProviderContext { Caller = keycloak.Resource }, cancellationToken) ?? throw new DistributedApplicationException($"The realm needs a value for {name}.");
}
