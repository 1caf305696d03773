using System.Diagnostics;
using System.Security.Cryptography;

namespace EmbedStack.Tests.Postgres;

/// <summary>A real Postgres of the tests' own, on a free port of loopback, in a folder that goes away with it.</summary>
/// <param name="authentication">How clients prove who they are: <c>trust</c> or <c>scram-sha-256</c>.</param>
/// <param name="settings">Further lines for the server's configuration file.</param>
internal sealed class PostgresServer(string authentication, params string[] settings) : IAsyncDisposable
{
    public const string Superuser = "postgres";

    private readonly string _directory = Directory.CreateTempSubdirectory("embedstack-postgres-").FullName;
    private bool _started;

    public int Port { get; } = FreePorts.TakeOne();

    public string Password { get; } = RandomNumberGenerator.GetHexString(32, lowercase: true);

    public string Log => File.ReadAllText(LogFile);

    private string Data => Path.Combine(_directory, "data");

    private string LogFile => Path.Combine(_directory, "log");

    public async Task StartAsync()
    {
        var passwordFile = Path.Combine(_directory, "password");
        await File.WriteAllTextAsync(passwordFile, Password);
        if (Environment.IsPrivilegedProcess)
        {
            await RunAsync("chown", "-R", Superuser, _directory);
        }

        await RunProgramAsync(
            "initdb", "-D", Data, "-U", Superuser, $"--pwfile={passwordFile}", "-A", authentication,
            "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync");
        await File.AppendAllLinesAsync(
            Path.Combine(Data, "postgresql.conf"),
            [$"port = {Port}", "listen_addresses = '127.0.0.1'", "unix_socket_directories = ''", "fsync = off", .. settings]);
        await RunProgramAsync("pg_ctl", "start", "-w", "-t", "60", "-D", Data, "-l", LogFile);
        _started = true;
    }

    /// <summary>Ends the server as if its machine had: nothing is written any more, no client is told.</summary>
    public async Task KillAsync()
    {
        _started = false;
        await RunProgramAsync("pg_ctl", "stop", "-w", "-m", "immediate", "-D", Data);
    }

    /// <summary>Starts the server again after <see cref="KillAsync"/>, with what it had committed.</summary>
    public async Task StartAgainAsync()
    {
        await RunProgramAsync("pg_ctl", "start", "-w", "-t", "60", "-D", Data, "-l", LogFile);
        _started = true;
    }

    public async ValueTask DisposeAsync()
    {
        if (_started)
        {
            _started = false;
            await RunProgramAsync("pg_ctl", "stop", "-w", "-m", "fast", "-D", Data); // fast: clients are not waited for
        }

        if (Directory.Exists(_directory))
        {
            Directory.Delete(_directory, recursive: true);
        }
    }

    // Postgres refuses to run as root.
    private static Task RunProgramAsync(string program, params string[] arguments)
    {
        var file = Path.Combine(PostgresPrograms.Folder, program);
        return Environment.IsPrivilegedProcess
            ? RunAsync("setpriv", ["--reuid", Superuser, "--regid", Superuser, "--init-groups", file, .. arguments])
            : RunAsync(file, arguments);
    }

    private static async Task RunAsync(string file, params string[] arguments)
    {
        var start = new ProcessStartInfo(file, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("PG", StringComparison.Ordinal)).ToArray())
        {
            start.Environment.Remove(name); // the caller's settings are meant for another server
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(2));
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{string.Join(' ', [file, .. arguments])} ended with {process.ExitCode}: {await output}{await error}");
        }
    }
}
