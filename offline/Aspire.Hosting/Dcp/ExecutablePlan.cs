using System.Text.Json;
using Aspire.Hosting.Dcp.Model;
using Aspire.Hosting.Otlp;
using Aspire.Hosting.Projects;

namespace Aspire.Hosting.Dcp;

/// <summary>Makes the processes of projects and executables.</summary>
internal sealed class ExecutablePlan(DistributedApplicationModel model, DcpObjects objects, DcpClient client, ResourceConfiguration configuration, DistributedApplicationOptions options)
{
    internal void Prepare()
    {
        foreach (var resource in model.Resources.Where(r => r is ProjectResource or ExecutableResource && !r.IsContainer()).ToArray())
        {
            LifecycleCommands.Add(resource);
            var instances = DcpNames.EnsureInstances(resource);
            foreach (var instance in instances)
            {
                var executable = new DcpExecutable();
                Annotate(executable, resource, instance, instances.Length);
                executable.Spec.ExecutablePath = resource is ExecutableResource process ? process.Command : "dotnet";
                executable.Spec.WorkingDirectory = resource is ExecutableResource own ? own.WorkingDirectory : Path.GetDirectoryName(((ProjectResource)resource).GetProjectMetadata().ProjectPath);
                executable.Spec.ExecutionType = "Process";
                objects.Workloads.Add(new Workload(resource, instance, executable));
            }
        }
    }

    internal async Task CreateAsync(Workload workload, ILogger logger, CancellationToken cancellationToken)
    {
        var executable = (DcpExecutable)workload.Object;
        var own = workload.Resource is ProjectResource project ? ProjectArgs(project) : [];
        var args = await configuration.ArgumentsAsync(workload.Resource, logger, cancellationToken).ConfigureAwait(false);
        var variables = await configuration.EnvironmentAsync(workload.Resource, logger, cancellationToken).ConfigureAwait(false);
        if (workload.Resource is ProjectResource launched)
        {
            var fromProfile = args.Count == 0 ? LaunchArgs(launched) : [];
            own.AddRange(args.Count + fromProfile.Count > 0 ? ["--"] : []);
            args = [.. fromProfile.Select(a => (a, false)), .. args];
        }

        executable.Spec.Args = [.. own, .. args.Select(a => a.Value)];
        executable.Spec.Env = [.. variables.Select(v => new DcpVariable { Name = v.Key, Value = v.Value })];
        executable.Spec.Start = null;
        executable.Spec.Stop = null;
        var shown = args.Select((a, i) => new ShownArgument(a.Value, a.IsSensitive, own.Count + i));
        executable.Metadata[DcpAnnotations.AppArgs] = JsonSerializer.Serialize(shown, DcpClient.Json);
        await client.CreateAsync(executable, cancellationToken).ConfigureAwait(false);
    }

    private void Annotate(DcpExecutable executable, IResource resource, ResourceInstance instance, int replicas)
    {
        var metadata = executable.Metadata;
        metadata.Name = instance.Name;
        metadata[DcpAnnotations.ResourceName] = resource.Name;
        metadata[DcpAnnotations.ReplicaCount] = replicas.ToString(CultureInfo.InvariantCulture);
        metadata[DcpAnnotations.ReplicaIndex] = instance.Index.ToString(CultureInfo.InvariantCulture);
        metadata[OtlpEnvironment.ServiceNameAnnotation] = resource.Name;
        metadata[OtlpEnvironment.ServiceInstanceAnnotation] = instance.Suffix;
        var producers = objects.Services.Where(s => s.Resource == resource)
            .Select(s => new ServiceProducer(s.Name, EndpointAllocation.ListenAddress(s.Endpoint.TargetHost), s.Endpoint.TargetPort))
            .ToArray();
        if (producers.Length > 0)
        {
            metadata[DcpAnnotations.ServiceProducer] = JsonSerializer.Serialize(producers, DcpClient.Json);
        }

        if (resource.TryGetLastAnnotation<ResourceSnapshotAnnotation>(out var initial) && initial.InitialSnapshot.State?.Text is { Length: > 0 } state)
        {
            metadata[DcpAnnotations.ResourceState] = state;
        }
    }

    private List<string> ProjectArgs(ProjectResource project)
    {
        var metadata = project.GetProjectMetadata();
        List<string> args = ["run", metadata.IsFileBasedApp ? "--file" : "--project", metadata.ProjectPath];
        if (metadata.IsFileBasedApp)
        {
            args.Add("--no-cache");
        }

        if (metadata.SuppressBuild)
        {
            args.Add("--no-build");
        }

        if (!string.IsNullOrEmpty(options.Configuration))
        {
            args.AddRange(["--configuration", options.Configuration]);
        }

        args.Add("--no-launch-profile");
        return args;
    }

    private static List<string> LaunchArgs(ProjectResource project)
        => LaunchProfiles.Effective(project)?.Profile.CommandLineArgs is { Length: > 0 } line ? CommandLine.Split(line) : [];
}
