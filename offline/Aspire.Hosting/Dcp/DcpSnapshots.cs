using System.Collections.Concurrent;
using System.Text.Json;
using Aspire.Hosting.Dcp.Model;
using Aspire.Hosting.Orchestration;
using Aspire.Hosting.Projects;

namespace Aspire.Hosting.Dcp;

/// <summary>Turns DCP's objects into states of the model.</summary>
internal sealed class DcpSnapshots(DcpObjects objects)
{
    /// <summary>The endpoints that are alive, by their names.</summary>
    internal ConcurrentDictionary<string, DcpEndpoint> Endpoints { get; } = new();

    internal static EngineStatus StatusOf(DcpObject value) => value switch
    {
        DcpExecutable { Spec.Start: false, Status.State: null or "" or "Unknown" } => new(KnownResourceStates.NotStarted, null, null),
        DcpExecutable executable => new(NotEmpty(executable.Status?.State), executable.Status?.StartupTimestamp?.UtcDateTime, executable.Status?.FinishTimestamp?.UtcDateTime),
        DcpContainer { Spec.Start: false, Status.State: null or "" or "Pending" } => new(KnownResourceStates.NotStarted, null, null),
        DcpContainer container => new(NotEmpty(container.Status?.State), container.Status?.StartupTimestamp?.UtcDateTime, container.Status?.FinishTimestamp?.UtcDateTime),
        _ => default,
    };

    internal CustomResourceSnapshot Apply(IResource resource, DcpObject value, CustomResourceSnapshot previous) => value switch
    {
        DcpExecutable executable => Common(resource, value, previous) with
        {
            ExitCode = executable.Status?.ExitCode,
            EnvironmentVariables = Environment(executable.Status?.EffectiveEnv, executable.Spec.Env),
            Properties = Executable(resource, executable, previous.Properties),
        },
        DcpContainer container => Common(resource, value, previous) with
        {
            ExitCode = container.Status?.ExitCode is null or -1 ? null : container.Status.ExitCode,
            EnvironmentVariables = Environment(container.Status?.EffectiveEnv ?? container.Spec.Env, container.Spec.Env),
            Properties = Container(container, previous.Properties),
            Volumes = [.. container.Spec.VolumeMounts?.Select(m => new VolumeSnapshot(m.Source, m.Target ?? "", m.Type, m.ReadOnly)) ?? []],
        },
        _ => previous,
    };

    private static string? NotEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private CustomResourceSnapshot Common(IResource resource, DcpObject value, CustomResourceSnapshot previous)
    {
        var status = StatusOf(value);
        return previous with
        {
            State = value.Metadata[DcpAnnotations.ResourceState] == "Hidden" ? "Hidden" : status.State,
            CreationTimeStamp = value.Metadata.CreationTimestamp?.UtcDateTime ?? previous.CreationTimeStamp,
            StartTimeStamp = status.Started,
            StopTimeStamp = status.Finished,
            Urls = Urls(resource, value, status.State),
            Relationships = PublishedState.RelationshipsOf(resource),
        };
    }

    private ImmutableArray<UrlSnapshot> Urls(IResource resource, DcpObject value, string? state)
    {
        bool IsActive(ResourceUrlAnnotation url)
        {
            if (url.Endpoint is not { } endpoint || endpoint.Resource != resource)
            {
                return state == KnownResourceStates.Running;
            }

            var service = objects.Services.FirstOrDefault(s => s.Endpoint == endpoint.EndpointAnnotation)?.Name;
            return Endpoints.Values.Any(e => e.Spec.ServiceName == service
                && e.Metadata.OwnerReferences?.Any(o => o.Kind == value.Kind && o.Name == value.Metadata.Name) == true);
        }

        return [.. resource.Annotations.OfType<ResourceUrlAnnotation>().ToArray().Select(url => ResourceUrls.ToSnapshot(url, !IsActive(url)))];
    }

    private static ImmutableArray<EnvironmentVariableSnapshot> Environment(List<DcpVariable>? effective, List<DcpVariable>? specified)
    {
        var fromSpec = specified?.Select(v => v.Name).ToHashSet(StringComparer.Ordinal) ?? [];
        return [.. effective?.OrderBy(v => v.Name, StringComparer.Ordinal).Select(v => new EnvironmentVariableSnapshot(v.Name, v.Value, fromSpec.Contains(v.Name))) ?? []];
    }

    private static ImmutableArray<ResourcePropertySnapshot> Executable(IResource resource, DcpExecutable executable, ImmutableArray<ResourcePropertySnapshot> properties)
    {
        var args = executable.Status?.EffectiveArgs;
        properties = WithArgs(executable.Metadata, args, properties)
            .Set(PropertyNames.ExecutablePath, executable.Spec.ExecutablePath)
            .Set(PropertyNames.ExecutableWorkDir, executable.Spec.WorkingDirectory)
            .Set(PropertyNames.ExecutableArgs, args?.ToImmutableArray() ?? [], sensitive: true)
            .Set(PropertyNames.ExecutablePid, executable.Status?.Pid);
        return resource is ProjectResource project
            ? properties.Set(PropertyNames.ProjectPath, project.GetProjectMetadata().ProjectPath).Set(PropertyNames.ProjectLaunchProfile, LaunchProfiles.Effective(project)?.Name)
            : properties;
    }

    private static ImmutableArray<ResourcePropertySnapshot> Container(DcpContainer container, ImmutableArray<ResourcePropertySnapshot> properties)
    {
        var args = container.Status?.EffectiveArgs;
        return WithArgs(container.Metadata, args, properties)
            .Set(PropertyNames.ContainerImage, container.Spec.Image)
            .Set(PropertyNames.ContainerId, container.Status?.ContainerId)
            .Set(PropertyNames.ContainerCommand, container.Spec.Command)
            .Set(PropertyNames.ContainerArgs, args?.ToImmutableArray() ?? [], sensitive: true)
            .Set(PropertyNames.ContainerPorts, container.Spec.Ports?.Select(p => p.ContainerPort ?? 0).ToImmutableArray() ?? [])
            .Set(PropertyNames.ContainerLifetime, ContainerLifetime.Session);
    }

    private static ImmutableArray<ResourcePropertySnapshot> WithArgs(DcpMetadata metadata, List<string>? effective, ImmutableArray<ResourcePropertySnapshot> properties)
    {
        if (metadata[DcpAnnotations.AppArgs] is not { Length: > 0 } text || JsonSerializer.Deserialize<ShownArgument[]>(text, DcpClient.Json) is not { } shown)
        {
            return properties;
        }

        var anySensitive = shown.Any(a => a.IsSensitive);
        var args = shown.Select(a => a.EffectiveArgumentIndex is { } i && effective is not null && i < effective.Count ? effective[i] : a.Argument).ToImmutableArray();
        return properties
            .Set(PropertyNames.AppArgs, args, anySensitive)
            .Set(PropertyNames.AppArgsSensitivity, shown.Select(a => a.IsSensitive ? 1 : 0).ToImmutableArray(), anySensitive);
    }
}
