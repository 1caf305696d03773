namespace Aspire.Hosting.Dcp;

/// <summary>Evaluates what a resource is started with.</summary>
internal sealed class ResourceConfiguration(DistributedApplicationExecutionContext executionContext)
{
    internal async Task<IReadOnlyList<(string Value, bool IsSensitive)>> ArgumentsAsync(IResource resource, ILogger logger, CancellationToken cancellationToken)
    {
        var args = await RawArgumentsAsync(resource, logger, cancellationToken).ConfigureAwait(false);
        var resolved = new List<(string, bool)>();
        foreach (var arg in args)
        {
            if (await ResolveAsync(resource, arg, cancellationToken).ConfigureAwait(false) is { } value)
            {
                resolved.Add((value, IsSensitive(arg)));
            }
        }

        return resolved;
    }

    internal async Task<IReadOnlyDictionary<string, string>> EnvironmentAsync(IResource resource, ILogger logger, CancellationToken cancellationToken)
    {
        var variables = await RawEnvironmentAsync(resource, logger, cancellationToken).ConfigureAwait(false);
        var resolved = new Dictionary<string, string>();
        foreach (var (name, value) in variables)
        {
            if (await ResolveAsync(resource, value, cancellationToken).ConfigureAwait(false) is { } text)
            {
                resolved[name] = text;
            }
        }

        return resolved;
    }

    internal async Task<string?> ResolveAsync(IResource resource, object? value, CancellationToken cancellationToken)
    {
        value = (value as IResourceBuilder<IResource>)?.Resource ?? value;
        if (value is IValueProvider provider)
        {
            var context = new ValueProviderContext { ExecutionContext = executionContext, Caller = resource };
            return await provider.GetValueAsync(context, cancellationToken).ConfigureAwait(false);
        }

        return value is IFormattable formattable ? formattable.ToString(null, CultureInfo.InvariantCulture) : value?.ToString();
    }

    /// <summary>All values the resource will get, before they are resolved.</summary>
    internal async Task<IEnumerable<object>> UnresolvedAsync(IResource resource, ILogger logger, CancellationToken cancellationToken)
    {
        var args = await RawArgumentsAsync(resource, logger, cancellationToken).ConfigureAwait(false);
        var variables = await RawEnvironmentAsync(resource, logger, cancellationToken).ConfigureAwait(false);
        return args.Concat(variables.Values);
    }

    private async Task<List<object>> RawArgumentsAsync(IResource resource, ILogger logger, CancellationToken cancellationToken)
    {
        var args = new List<object>();
        var context = new CommandLineArgsCallbackContext(args, resource, cancellationToken) { ExecutionContext = executionContext, Logger = logger };
        foreach (var annotation in resource.Annotations.OfType<CommandLineArgsCallbackAnnotation>().ToArray())
        {
            await annotation.Callback(context).ConfigureAwait(false);
        }

        return args;
    }

    private async Task<Dictionary<string, object>> RawEnvironmentAsync(IResource resource, ILogger logger, CancellationToken cancellationToken)
    {
        var variables = new Dictionary<string, object>();
        var context = new EnvironmentCallbackContext(executionContext, resource, variables, cancellationToken) { Logger = logger };
        foreach (var annotation in resource.Annotations.OfType<EnvironmentCallbackAnnotation>().ToArray())
        {
            await annotation.Callback(context).ConfigureAwait(false);
        }

        return variables;
    }

    private static bool IsSensitive(object value)
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        bool Walk(object part) => seen.Add(part) && part switch
        {
            ParameterResource parameter => parameter.Secret,
            IResourceBuilder<IResource> builder => Walk(builder.Resource),
            EndpointReference or EndpointReferenceExpression => false,
            IValueWithReferences composite => composite.References.Any(Walk),
            _ => false,
        };
        return Walk(value);
    }
}
