using System.Globalization;
using System.Security.Cryptography;

namespace EmbedStack.AppHost.Runtime;

/// <summary>
/// The data of a container in a run that keeps none: a volume that outlives the container, which may be started again, and goes
/// with the application.
/// </summary>
internal sealed class ThrowAwayVolume : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly string _name;
    private readonly string[] _runtimes;
    private int _isDisposed;

    /// <param name="name">The volume's name.</param>
    /// <param name="runtime">The container runtime, or whichever has the volume.</param>
    public ThrowAwayVolume(string name, string? runtime)
    {
        (_name, _runtimes) = (name, runtime is { Length: > 0 } ? [runtime] : ContainerProbe.Runtimes);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Dispose();
    }

    /// <summary>A new name. It holds the process that it belongs to: by it the script finds what a killed run left behind.</summary>
    public static string NameOf(string clone, string resource) => string.Create(
        CultureInfo.InvariantCulture, $"embedstack-{clone}-run-{Environment.ProcessId}-{RandomNumberGenerator.GetHexString(8, lowercase: true)}-{resource}");

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
        {
            return;
        }

        foreach (var runtime in _runtimes)
        {
            Command.Run(runtime, ["volume", "rm", "--force", _name], Limit);
        }
    }
}
