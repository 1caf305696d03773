namespace EmbedStack.AppHost.Secrets;

/// <summary>Keeps a secret beside those of processes that only commands at the terminal use, or machines elsewhere.</summary>
internal static class OperatorSecretExtensions
{
    private const string Folder = "operator";

    /// <summary>Writes the secret's file before the resource starts that knows its holder by it.</summary>
    public static IResourceBuilder<T> WithOperatorSecret<T>(
        this IResourceBuilder<T> knower, IResourceBuilder<ParameterResource> secret, string directory)
        where T : IResource
    {
        var file = new SecretFileAnnotation("", secret.Resource, Path.Combine(directory, Folder, secret.Resource.Name));
        var isWritten = false;
        return knower
            .WithAnnotation(file)
            .OnBeforeResourceStarted(async (_, _, cancellationToken) =>
            {
                if (!isWritten && await file.Parameter.GetValueAsync(cancellationToken) is { } value)
                {
                    await SecretFile.WriteAsync(file.Path, value, cancellationToken: cancellationToken);
                    isWritten = true;
                }
            });
    }
}
