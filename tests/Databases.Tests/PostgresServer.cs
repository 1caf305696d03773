using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace EmbedStack.Databases.Tests;

/// <summary>A real Postgres of the tests' own, in a temporary directory, every statement logged.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("embedstack-databases-").FullName;

    public int Port { get; } = FreePort();

    public string Password { get; } = RandomNumberGenerator.GetHexString(32, lowercase: true);

    public string Log => File.ReadAllText(Path.Combine(directory, "log"));

    public async Task StartAsync()
    {
        var passwordFile = Path.Combine(directory, "password");
        await File.WriteAllTextAsync(passwordFile, Password);
        if (Environment.IsPrivilegedProcess)
        {
            await RunAsync("chown", "-R", "postgres", directory);
        }

        await RunServerToolAsync("initdb", "-D", Data, "-U", "postgres", $"--pwfile={passwordFile}", "-A", "scram-sha-256");
        await RunServerToolAsync(
            "pg_ctl", "start", "-w", "-t", "60", "-D", Data, "-l", Path.Combine(directory, "log"),
            "-o", $"-p {Port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off -c log_statement=all");
    }

    public async ValueTask DisposeAsync()
    {
        await RunServerToolAsync("pg_ctl", "stop", "-w", "-m", "immediate", "-D", Data);
        Directory.Delete(directory, recursive: true);
    }

    private string Data => Path.Combine(directory, "data");

    // Postgres refuses to run as root.
    private static Task RunServerToolAsync(string tool, params string[] arguments) => Environment.IsPrivilegedProcess
        ? RunAsync("setpriv", ["--reuid", "postgres", "--regid", "postgres", "--init-groups", Find(tool), .. arguments])
        : RunAsync(Find(tool), arguments);

    private static async Task RunAsync(string program, params string[] arguments)
    {
        // No redirection: the server that pg_ctl leaves behind would hold the pipes open.
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = "/" })!;
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(2));
        Assert.True(process.ExitCode == 0, $"{Path.GetFileName(program)} ended with exit code {process.ExitCode}");
    }

    private static string Find(string tool)
    {
        var debian = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").Order().Select(version => Path.Combine(version, "bin"))
            : [];
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':');
        return debian.Concat(path).Select(folder => Path.Combine(folder, tool)).FirstOrDefault(File.Exists)
            ?? throw new FileNotFoundException($"PostgreSQL's {tool} is in neither /usr/lib/postgresql nor PATH.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
