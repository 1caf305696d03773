using System.Collections.Concurrent;
using System.Diagnostics;
using EmbedStack.Template.Tests;
using EmbedStack.Tests.Processes;

[assembly: AssemblyFixture(typeof(TemplatePackage))]

namespace EmbedStack.Template.Tests;

/// <summary>The templates' package, packed once and installed for these tests alone.</summary>
public sealed class TemplatePackage : IAsyncLifetime
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(3);

    private readonly ConcurrentDictionary<string, Lazy<Task<GeneratedProject>>> _acme = [];
    private readonly SemaphoreSlim _oneAtATime = new(1);
    private readonly string _folder = Directory.CreateTempSubdirectory("embedstack-template-").FullName;

    /// <summary>Packs and installs.</summary>
    public async ValueTask InitializeAsync()
    {
        var packages = Path.Combine(_folder, "packages");
        await DotnetAsync(_folder, "pack", Repository.PathOf("templates/EmbedStack.Templates.csproj"), "--output", packages, "--nologo", "--verbosity", "quiet", "-nodeReuse:false");
        await NewAsync(_folder, "install", Assert.Single(Directory.GetFiles(packages, "*.nupkg")));
    }

    /// <summary>Makes a project of the name in an empty folder: <c>dotnet new embedstack</c>.</summary>
    internal async Task<GeneratedProject> GenerateAsync(string name, params string[] options)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, Guid.NewGuid().ToString("n")[..8])).FullName;
        await NewAsync(folder, ["embedstack", "--name", name, "--output", folder, "--no-update-check", .. options]);
        return new GeneratedProject(folder, name);
    }

    /// <summary>A project named Acme with a sample, written once for tests that only read it.</summary>
    internal Task<GeneratedProject> AcmeAsync(string sample) =>
        _acme.GetOrAdd(sample, key => new Lazy<Task<GeneratedProject>>(() => GenerateAsync("Acme", "--sample", key))).Value;

    /// <summary>Runs <c>dotnet new</c> in a folder.</summary>
    internal async Task<string> NewAsync(string folder, params string[] arguments)
    {
        // What is installed stands in files that each run may write.
        await _oneAtATime.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            return await DotnetAsync(folder, ["new", .. arguments, "--debug:custom-hive", Path.Combine(_folder, "hive")]);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _oneAtATime.Dispose();
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private static async Task<string> DotnetAsync(string folder, params string[] arguments)
    {
        var run = await ProcessRun.OfAsync(new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder }, Timeout);
        Assert.True(run.ExitCode == 0, $"dotnet {string.Join(' ', arguments)}: {run.Error}{run.Output}");
        return run.Output + run.Error;
    }
}
