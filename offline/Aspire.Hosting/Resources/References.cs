namespace Aspire.Hosting;

/// <summary>Notes which resources a value refers to, for the dashboard.</summary>
internal static class References
{
    internal static void Link<T>(IResourceBuilder<T> builder, IEnumerable<object> values)
        where T : IResource
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        void Walk(object value)
        {
            if (!seen.Add(value))
            {
                return;
            }

            if (((value as IResourceBuilder<IResource>)?.Resource ?? value as IResource) is { } resource)
            {
                builder.WithReferenceRelationship(resource);
            }
            else if (value is IValueWithReferences composite)
            {
                foreach (var part in composite.References)
                {
                    Walk(part);
                }
            }
        }

        foreach (var value in values)
        {
            Walk(value);
        }
    }

    internal static ReferenceEnvironmentInjectionFlags Flags(IResource resource)
        => resource.TryGetLastAnnotation<ReferenceEnvironmentInjectionAnnotation>(out var annotation) ? annotation.Flags : ReferenceEnvironmentInjectionFlags.All;
}
