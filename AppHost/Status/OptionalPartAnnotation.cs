namespace EmbedStack.AppHost.Status;

/// <summary>Marks a resource that the stack does without: it is up whether this one is or not.</summary>
internal sealed class OptionalPartAnnotation : IResourceAnnotation;
