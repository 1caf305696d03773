namespace Aspire.Hosting.Containers;

/// <summary>Reads and sets the image of a container.</summary>
internal static class ContainerImages
{
    internal static ContainerImageAnnotation Required(IResource resource)
        => resource.Annotations.OfType<ContainerImageAnnotation>().LastOrDefault()
            ?? throw new InvalidOperationException($"The resource '{resource.Name}' does not have a container image specified. Use WithImage to specify the container image and tag.");

    internal static void Set(IResource resource, string reference, string? tag)
    {
        var (registry, image, ownTag, digest) = Parse(reference);
        if (tag is not null && (ownTag ?? digest) is not null)
        {
            throw new InvalidOperationException("Ambiguous tags - a tag was provided on both the 'tag' and 'image' parameters");
        }

        var annotation = resource.Annotations.OfType<ContainerImageAnnotation>().LastOrDefault();
        if (annotation is null)
        {
            annotation = new ContainerImageAnnotation { Image = image };
            resource.Annotations.Add(annotation);
        }

        annotation.Image = image;
        annotation.Registry = registry;
        if (digest is not null)
        {
            annotation.SHA256 = digest;
        }
        else
        {
            annotation.Tag = tag ?? ownTag ?? annotation.Tag ?? "latest";
        }
    }

    private static (string? Registry, string Image, string? Tag, string? Digest) Parse(string reference)
    {
        string? digest = null;
        var at = reference.IndexOf("@sha256:", StringComparison.Ordinal);
        if (at >= 0)
        {
            (reference, digest) = (reference[..at], reference[(at + "@sha256:".Length)..]);
        }

        string? tag = null;
        var colon = reference.LastIndexOf(':');
        if (colon > reference.LastIndexOf('/'))
        {
            (reference, tag) = (reference[..colon], reference[(colon + 1)..]);
        }

        var slash = reference.IndexOf('/', StringComparison.Ordinal);
        var first = slash < 0 ? "" : reference[..slash];
        var hasRegistry = first.Contains('.', StringComparison.Ordinal) || first.Contains(':', StringComparison.Ordinal) || first == "localhost";
        return hasRegistry ? (first, reference[(slash + 1)..], tag, digest) : (null, reference, tag, digest);
    }
}
