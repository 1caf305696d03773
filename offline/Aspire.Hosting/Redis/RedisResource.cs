namespace Aspire.Hosting.ApplicationModel;

/// <summary>Redis in a container.</summary>
public class RedisResource : ContainerResource, IResourceWithConnectionString
{
    internal const string PrimaryEndpointName = "tcp";

    /// <summary>Makes the resource.</summary>
    /// <param name="name">The resource's name.</param>
    public RedisResource(string name)
        : base(name) => PrimaryEndpoint = new EndpointReference(this, PrimaryEndpointName);

    /// <summary>Makes the resource.</summary>
    /// <param name="name">The resource's name.</param>
    /// <param name="password">The password.</param>
    public RedisResource(string name, ParameterResource password)
        : this(name)
    {
        PasswordParameter = password;
        ShellExecution = true;
    }

    /// <summary>Where it listens.</summary>
    public EndpointReference PrimaryEndpoint { get; }

    /// <summary>The host.</summary>
    public EndpointReferenceExpression Host => PrimaryEndpoint.Property(EndpointProperty.Host);

    /// <summary>The port.</summary>
    public EndpointReferenceExpression Port => PrimaryEndpoint.Property(EndpointProperty.Port);

    /// <summary>The password, or null for none.</summary>
    public ParameterResource? PasswordParameter { get; internal set; }

    /// <summary>Whether clients speak TLS.</summary>
    public bool TlsEnabled => PrimaryEndpoint.TlsEnabled;

    /// <inheritdoc />
    public ReferenceExpression ConnectionStringExpression
    {
        get
        {
            if (this.TryGetLastAnnotation<ConnectionStringRedirectAnnotation>(out var redirect))
            {
                return redirect.Resource.ConnectionStringExpression;
            }

            var text = new ReferenceExpressionBuilder();
            text.Append($"{PrimaryEndpoint.Property(EndpointProperty.HostAndPort)}");
            if (PasswordParameter is not null)
            {
                text.Append($",password={PasswordParameter}");
            }

            text.Append($"{PrimaryEndpoint.GetTlsValue(ReferenceExpression.Create($",ssl=true"), ReferenceExpression.Empty)}");
            return text.Build();
        }
    }

    /// <summary>The connection as a URI.</summary>
    public ReferenceExpression UriExpression => PasswordParameter is null
        ? ReferenceExpression.Create($"{PrimaryEndpoint.Property(EndpointProperty.Scheme)}://{Host}:{Port}")
        : ReferenceExpression.Create($"{PrimaryEndpoint.Property(EndpointProperty.Scheme)}://:{PasswordParameter:uri}@{Host}:{Port}");

    /// <inheritdoc />
    public ValueTask<string?> GetConnectionStringAsync(CancellationToken cancellationToken = default)
        => this.TryGetLastAnnotation<ConnectionStringRedirectAnnotation>(out var redirect)
            ? redirect.Resource.GetConnectionStringAsync(cancellationToken)
            : ConnectionStringExpression.GetValueAsync(cancellationToken);

    IEnumerable<KeyValuePair<string, ReferenceExpression>> IResourceWithConnectionString.GetConnectionProperties()
    {
        yield return new("Host", ReferenceExpression.Create($"{Host}"));
        yield return new("Port", ReferenceExpression.Create($"{Port}"));
        if (PasswordParameter is not null)
        {
            yield return new("Password", ReferenceExpression.Create($"{PasswordParameter}"));
        }

        yield return new("Uri", UriExpression);
    }
}
