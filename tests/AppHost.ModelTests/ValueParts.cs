namespace EmbedStack.AppHost.ModelTests;

/// <summary>What a value of the model is made of.</summary>
internal static class ValueParts
{
    /// <summary>The parameters whose values are part of it.</summary>
    public static IEnumerable<ParameterResource> Parameters(object value) => Leaves(value).OfType<ParameterResource>();

    /// <summary>The resources whose addresses are part of it.</summary>
    public static IEnumerable<IResource> Endpoints(object value) => Leaves(value).OfType<EndpointReference>().Select(endpoint => endpoint.Resource);

    private static IEnumerable<object> Leaves(object value) => value switch
    {
        ReferenceExpression expression => expression.ValueProviders.SelectMany(Leaves),
        ConnectionStringReference reference => Leaves(reference.Resource.ConnectionStringExpression),
        IResourceWithConnectionString resource => Leaves(resource.ConnectionStringExpression),
        EndpointReferenceExpression expression => [expression.Endpoint],
        IResourceBuilder<ParameterResource> parameter => [parameter.Resource],
        _ => [value],
    };
}
