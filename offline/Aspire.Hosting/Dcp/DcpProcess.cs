using System.Diagnostics;
using Microsoft.Extensions.Options;

namespace Aspire.Hosting.Dcp;

/// <summary>Starts DCP. It watches this process and cleans up when it dies.</summary>
internal sealed class DcpProcess(DcpSession session, IOptions<DcpOptions> options, ILogger<DcpProcess> logger)
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);
    private static readonly string[] NotInherited = ["ASPNETCORE_URLS", "DOTNET_LAUNCH_PROFILE", "ASPNETCORE_ENVIRONMENT", "DOTNET_ENVIRONMENT", "ASPIRE_LOGLEVEL"];

    internal string CliPath => options.Value.CliPath is { } path && File.Exists(path)
        ? path
        : throw new DistributedApplicationException(
            $"The orchestrator DCP was not found{(options.Value.CliPath is { } wanted ? $" at '{wanted}'" : "")}: set DcpPublisher:CliPath to the dcp program, or ASPIRE_DCP_PATH to its directory.");

    internal async Task<Kubeconfig> StartAsync(CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(CliPath) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        var certificate = DcpCertificate.Write(session.Folder);
        string[] args =
        [
            "start-apiserver", "--detach",
            "--monitor", Environment.ProcessId.ToString(CultureInfo.InvariantCulture),
            "--kubeconfig", session.Kubeconfig,
            "--tls-cert-thumbprint", certificate.Thumbprint,
            "--tls-cert-file", certificate.CertificateFile,
            "--tls-key-file", certificate.KeyFile,
        ];
        foreach (var arg in options.Value.ContainerRuntime is { } runtime ? [.. args, "--container-runtime", runtime] : args)
        {
            start.ArgumentList.Add(arg);
        }

        foreach (var name in NotInherited)
        {
            start.Environment.Remove(name);
        }

        start.Environment["DCP_SESSION_FOLDER"] = session.Folder;
        await RunAsync(start, cancellationToken).ConfigureAwait(false);
        return await ReadKubeconfigAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task RunAsync(ProcessStartInfo start, CancellationToken cancellationToken)
    {
        using var process = Process.Start(start) ?? throw new DistributedApplicationException($"The orchestrator '{start.FileName}' could not be started.");

        // The detached server keeps the pipes open: what it says is read, never waited for.
        process.OutputDataReceived += (_, line) => logger.LogDebug("dcp: {Line}", line.Data);
        process.ErrorDataReceived += (_, line) => logger.LogDebug("dcp: {Line}", line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(StartLimit);
        while (!process.HasExited)
        {
            await Task.Delay(PollInterval, limit.Token).ConfigureAwait(false);
        }

        if (process.ExitCode != 0)
        {
            throw new DistributedApplicationException($"The orchestrator '{start.FileName}' ended with code {process.ExitCode} when it was started.");
        }
    }

    private async Task<Kubeconfig> ReadKubeconfigAsync(CancellationToken cancellationToken)
    {
        var started = Stopwatch.StartNew();
        while (!File.Exists(session.Kubeconfig))
        {
            if (started.Elapsed > StartLimit)
            {
                throw new DistributedApplicationException($"The orchestrator DCP did not come up within {StartLimit.TotalSeconds:0} s.");
            }

            await Task.Delay(PollInterval, cancellationToken).ConfigureAwait(false);
        }

        return Kubeconfig.Parse(await File.ReadAllTextAsync(session.Kubeconfig, cancellationToken).ConfigureAwait(false));
    }
}
