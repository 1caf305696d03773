using System.Diagnostics;

namespace EmbedStack.AppHost.Secrets;

/// <summary>
/// A secret as it is now: its parameter's value, or what its file says where it was rotated after this run began.
/// Whoever gives Keycloak its clients' secrets again, after a restart of Keycloak alone, must not bring old ones back.
/// </summary>
internal sealed class RotatedSecret(ParameterResource parameter, IDistributedApplicationBuilder builder) : IValueProvider
{
    private static readonly DateTime RunBegan = Process.GetCurrentProcess().StartTime.ToUniversalTime();

    public async ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default)
    {
        var files = RotatingSecrets.FilesOf(builder.Resources).Where(held => held.File.Parameter == parameter).Select(held => held.File.Path);
        if (files.FirstOrDefault(path => File.Exists(path) && File.GetLastWriteTimeUtc(path) >= RunBegan) is not { } written)
        {
            return await parameter.GetValueAsync(cancellationToken);
        }

        return (await File.ReadAllLinesAsync(written, cancellationToken)).FirstOrDefault();
    }
}
