using System.Runtime.CompilerServices;

namespace EmbedStack.Api.Tests.Stack;

/// <summary>
/// Instances here watch no settings file: hundreds of them run in this process, and Linux gives a user 128 watchers
/// by default.
/// </summary>
internal static class NoReloading
{
    [ModuleInitializer]
    internal static void Begin() => Environment.SetEnvironmentVariable("DOTNET_hostBuilder__reloadConfigOnChange", "false");
}
