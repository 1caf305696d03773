using System.Security.Cryptography;
using System.Text.Json;
using Aspire.Hosting.Dcp.Model;
using Aspire.Hosting.Otlp;

namespace Aspire.Hosting.Dcp;

/// <summary>Makes the containers and their network.</summary>
internal sealed class ContainerPlan(DistributedApplicationModel model, DcpObjects objects, DcpClient client, ResourceConfiguration configuration, ContainerTunnel tunnel, IHostEnvironment environment, IServiceProvider services)
{
    internal static string NetworkName => KnownNetworkIdentifiers.DefaultAspireContainerNetwork.Value;

    internal bool HasContainers => model.Resources.Any(r => r.IsContainer());

    internal void Prepare()
    {
        foreach (var resource in model.Resources.Where(r => r.IsContainer()).ToArray())
        {
            LifecycleCommands.Add(resource);
            var instance = DcpNames.EnsureInstances(resource)[0];
            var container = new DcpContainer();
            Annotate(container, resource, instance);
            var name = resource.TryGetLastAnnotation<ContainerNameAnnotation>(out var own) ? own.Name : instance.Name;
            container.Spec.ContainerName = name;
            container.Spec.RestartPolicy = "no";
            container.Spec.PullPolicy = PullPolicy(resource);
            var aliases = resource.Annotations.OfType<ContainerNetworkAliasAnnotation>().Select(a => a.Alias);
            container.Spec.Networks = [new() { Name = NetworkName, Aliases = [resource.Name, $"{resource.Name}.dev.internal", .. aliases] }];
            objects.Workloads.Add(new Workload(resource, instance, container));
        }
    }

    internal Task CreateNetworkAsync(CancellationToken cancellationToken)
    {
        var application = string.Concat(environment.ApplicationName.Where(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.').Take(32));
        var suffix = RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz", 8);
        var network = new DcpNetwork { Spec = new() { NetworkName = $"aspire-session-network-{suffix}-{application}" } };
        network.Metadata.Name = NetworkName;
        return client.CreateAsync(network, cancellationToken);
    }

    internal async Task CreateAsync(Workload workload, ILogger logger, CancellationToken cancellationToken)
    {
        var resource = workload.Resource;
        var container = (DcpContainer)workload.Object;
        await tunnel.EnsureAsync(resource, logger, cancellationToken).ConfigureAwait(false);
        var args = await configuration.ArgumentsAsync(resource, logger, cancellationToken).ConfigureAwait(false);
        var variables = await configuration.EnvironmentAsync(resource, logger, cancellationToken).ConfigureAwait(false);
        var isShell = resource is ContainerResource { ShellExecution: true };
        var spec = container.Spec;
        spec.Image = ImageName(resource);
        spec.Build = await BuildAsync(resource, cancellationToken).ConfigureAwait(false);
        spec.Command = (resource as ContainerResource)?.Entrypoint;
        spec.Args = isShell ? ["-c", string.Join(' ', args.Select(a => a.Value))] : [.. args.Select(a => a.Value)];
        spec.Env = [.. variables.Select(v => new DcpVariable { Name = v.Key, Value = v.Value })];
        spec.Ports = Ports(resource);
        spec.VolumeMounts = Mounts(resource);
        spec.RunArgs = await RunArgsAsync(resource, cancellationToken).ConfigureAwait(false);
        spec.CreateFiles = await ContainerFilePlan.MakeAsync(resource, services, cancellationToken).ConfigureAwait(false);
        (spec.Start, spec.Stop) = (null, null);
        var shown = args.Select((a, i) => new ShownArgument(a.Value, a.IsSensitive, isShell ? null : i));
        container.Metadata[DcpAnnotations.AppArgs] = JsonSerializer.Serialize(shown, DcpClient.Json);
        await client.CreateAsync(container, cancellationToken).ConfigureAwait(false);
    }

    private void Annotate(DcpContainer container, IResource resource, ResourceInstance instance)
    {
        var metadata = container.Metadata;
        metadata.Name = instance.Name;
        metadata[DcpAnnotations.ResourceName] = resource.Name;
        metadata[OtlpEnvironment.ServiceNameAnnotation] = resource.Name;
        metadata[OtlpEnvironment.ServiceInstanceAnnotation] = instance.Suffix;
        var producers = objects.Services.Where(s => s.Resource == resource)
            .Select(s => new ServiceProducer(s.Name, EndpointAllocation.ListenAddress(s.Endpoint.TargetHost), s.Endpoint.TargetPort))
            .ToArray();
        if (producers.Length > 0)
        {
            metadata[DcpAnnotations.ServiceProducer] = JsonSerializer.Serialize(producers, DcpClient.Json);
        }
    }

    private static string ImageName(IResource resource)
        => resource.TryGetLastAnnotation<DockerfileBuildAnnotation>(out var build)
            ? $"{build.ImageName}:{build.ImageTag}"
            : resource.Annotations.OfType<ContainerImageAnnotation>().Last().FullName;

    private static string? PullPolicy(IResource resource)
        => resource.TryGetLastAnnotation<ContainerImagePullPolicyAnnotation>(out var policy) && policy.ImagePullPolicy != ImagePullPolicy.Default
            ? policy.ImagePullPolicy.ToString().ToLowerInvariant()
            : null;

    private List<DcpPort>? Ports(IResource resource)
    {
        var ports = objects.Services.Where(s => s.Resource == resource).Select(s => new DcpPort
        {
            ContainerPort = s.Endpoint.TargetPort,
            HostPort = s.Endpoint.IsProxied ? null : s.Service.Spec.Port,
            Protocol = s.Service.Spec.Protocol,
        }).ToList();
        return ports.Count == 0 ? null : ports;
    }

    private static List<DcpMount>? Mounts(IResource resource)
    {
        var mounts = resource.Annotations.OfType<ContainerMountAnnotation>().Select(m => new DcpMount
        {
            Type = m.Type == ContainerMountType.BindMount ? "bind" : "volume",
            Source = m.Source,
            Target = m.Target,
            ReadOnly = m.IsReadOnly,
        }).ToList();
        return mounts.Count == 0 ? null : mounts;
    }

    private async Task<List<string>?> RunArgsAsync(IResource resource, CancellationToken cancellationToken)
    {
        var context = new ContainerRuntimeArgsCallbackContext(new List<object>(), cancellationToken);
        foreach (var annotation in resource.Annotations.OfType<ContainerRuntimeArgsCallbackAnnotation>())
        {
            await annotation.Callback(context).ConfigureAwait(false);
        }

        var args = new List<string>();
        foreach (var arg in context.Args)
        {
            if (await configuration.ResolveAsync(resource, arg, cancellationToken).ConfigureAwait(false) is { } text)
            {
                args.Add(text);
            }
        }

        return args.Count == 0 ? null : args;
    }

    private async Task<DcpBuild?> BuildAsync(IResource resource, CancellationToken cancellationToken)
    {
        if (!resource.TryGetLastAnnotation<DockerfileBuildAnnotation>(out var annotation))
        {
            return null;
        }

        var build = new DcpBuild { Context = annotation.ContextPath, Dockerfile = annotation.DockerfilePath, Stage = annotation.Stage, Tags = [ImageName(resource)] };
        foreach (var (name, value) in annotation.BuildArguments)
        {
            var text = await configuration.ResolveAsync(resource, value, cancellationToken).ConfigureAwait(false);
            (build.Args ??= []).Add(new DcpVariable { Name = name, Value = text });
        }

        foreach (var (name, value) in annotation.BuildSecrets)
        {
            var text = value is FileInfo file ? file.FullName : await configuration.ResolveAsync(resource, value, cancellationToken).ConfigureAwait(false);
            var isFile = value is FileInfo;
            (build.Secrets ??= []).Add(new DcpBuildSecret { Id = name, Type = isFile ? "file" : "env", Source = isFile ? text : null, Value = isFile ? null : text });
        }

        return build;
    }
}
