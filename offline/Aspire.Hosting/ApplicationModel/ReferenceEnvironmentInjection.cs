namespace Aspire.Hosting.ApplicationModel;

/// <summary>Which environment variables references set on the resource.</summary>
public sealed class ReferenceEnvironmentInjectionAnnotation : IResourceAnnotation
{
    /// <summary>Makes the annotation.</summary>
    /// <param name="flags">Which.</param>
    public ReferenceEnvironmentInjectionAnnotation(ReferenceEnvironmentInjectionFlags flags) => Flags = flags;

    /// <summary>Which.</summary>
    public ReferenceEnvironmentInjectionFlags Flags { get; }
}

/// <summary>The environment variables that references set.</summary>
[Flags]
public enum ReferenceEnvironmentInjectionFlags
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary><c>ConnectionStrings__name</c>.</summary>
    ConnectionString = 1,

    /// <summary><c>NAME_HOST</c>, <c>NAME_PORT</c> and so on.</summary>
    ConnectionProperties = 2,

    /// <summary><c>services__name__scheme__0</c>.</summary>
    ServiceDiscovery = 4,

    /// <summary><c>NAME_ENDPOINT</c>.</summary>
    Endpoints = 8,

    /// <summary>All.</summary>
    All = ConnectionString | ConnectionProperties | ServiceDiscovery | Endpoints,
}
