namespace EmbedStack.AppHost.Secrets;

/// <summary>Lets the Api tell how old the secrets are.</summary>
internal static class SecretAgeExtensions
{
    /// <summary>Names each secret's file, the Api's own where it has one: of the others it looks at the date alone.</summary>
    public static IResourceBuilder<T> WithSecretAges<T>(this IResourceBuilder<T> api)
        where T : IResourceWithEnvironment =>
        api.WithEnvironment(context =>
        {
            var files = RotatingSecrets.FilesOf(api.ApplicationBuilder.Resources).OrderByDescending(held => ReferenceEquals(held.Holder, api.Resource));
            foreach (var (_, file) in files.DistinctBy(held => held.File.Parameter.Name))
            {
                context.EnvironmentVariables[$"Secrets__Files__{file.Parameter.Name}"] = file.Path;
            }
        });
}
