using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace Aspire.Hosting.Dcp;

/// <summary>Asks DCP whether the container runtime works, before containers are made.</summary>
internal sealed class ContainerRuntimeCheck(DcpProcess dcp, IOptions<DcpOptions> options)
{
    internal async Task RequireAsync(CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(dcp.CliPath) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add("info");
        if (options.Value.ContainerRuntime is { } runtime)
        {
            start.ArgumentList.Add("--container-runtime");
            start.ArgumentList.Add(runtime);
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(options.Value.DependencyCheckTimeout));
        using var process = Process.Start(start) ?? throw new DistributedApplicationException($"The orchestrator '{dcp.CliPath}' could not be started.");
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            _ = process.StandardError.ReadToEndAsync(limit.Token);
            Check(await output.ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            process.Kill(entireProcessTree: true);
            throw new DistributedApplicationException($"The container runtime did not answer within {options.Value.DependencyCheckTimeout} s.");
        }
    }

    private static void Check(string info)
    {
        using var document = JsonDocument.Parse(info);
        if (!document.RootElement.TryGetProperty("containers", out var containers))
        {
            return;
        }

        bool Is(string name) => containers.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;
        string? Text(string name) => containers.TryGetProperty(name, out var value) ? value.GetString() : null;
        var runtime = Text("runtime") ?? "container runtime";
        if (!Is("installed"))
        {
            throw new DistributedApplicationException($"The application has containers, but {runtime} was not found. {Text("error")}".TrimEnd());
        }

        if (!Is("running"))
        {
            throw new DistributedApplicationException($"The application has containers, but {runtime} does not work. {Text("error")}".TrimEnd());
        }
    }
}
