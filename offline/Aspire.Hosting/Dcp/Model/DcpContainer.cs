namespace Aspire.Hosting.Dcp.Model;

internal sealed class DcpContainer : DcpObject<DcpContainerSpec, DcpContainerStatus>, IDcpKind
{
    public static string KindName => "Container";

    public static string Plural => "containers";
}

internal sealed class DcpContainerSpec
{
    public string? Image { get; set; }

    public DcpBuild? Build { get; set; }

    public string? ContainerName { get; set; }

    public string? Command { get; set; }

    public List<string>? Args { get; set; }

    public List<DcpVariable>? Env { get; set; }

    public List<DcpPort>? Ports { get; set; }

    public List<DcpMount>? VolumeMounts { get; set; }

    public string? RestartPolicy { get; set; }

    public List<string>? RunArgs { get; set; }

    public List<DcpNetworkConnection>? Networks { get; set; }

    public List<DcpCreateFiles>? CreateFiles { get; set; }

    public string? PullPolicy { get; set; }

    public bool? Start { get; set; }

    public bool? Stop { get; set; }
}

internal sealed class DcpContainerStatus
{
    public string? State { get; set; }

    public string? Message { get; set; }

    public string? ContainerId { get; set; }

    public int? ExitCode { get; set; }

    public DateTimeOffset? StartupTimestamp { get; set; }

    public DateTimeOffset? FinishTimestamp { get; set; }

    public List<DcpVariable>? EffectiveEnv { get; set; }

    public List<string>? EffectiveArgs { get; set; }
}

internal sealed class DcpBuild
{
    public string? Context { get; set; }

    public string? Dockerfile { get; set; }

    public string? Stage { get; set; }

    public List<string>? Tags { get; set; }

    public List<DcpVariable>? Args { get; set; }

    public List<DcpBuildSecret>? Secrets { get; set; }
}

internal sealed class DcpBuildSecret
{
    public string Id { get; set; } = "";

    public string Type { get; set; } = "env";

    public string? Source { get; set; }

    public string? Value { get; set; }
}

internal sealed class DcpPort
{
    public int? ContainerPort { get; set; }

    public int? HostPort { get; set; }

    public string? Protocol { get; set; }
}

internal sealed class DcpMount
{
    public string Type { get; set; } = "";

    public string? Source { get; set; }

    public string? Target { get; set; }

    public bool ReadOnly { get; set; }
}

internal sealed class DcpNetworkConnection
{
    public string Name { get; set; } = "";

    public List<string>? Aliases { get; set; }
}

internal sealed class DcpCreateFiles
{
    public string Destination { get; set; } = "";

    public int? DefaultOwner { get; set; }

    public int? DefaultGroup { get; set; }

    public int? Umask { get; set; }

    public List<DcpFile> Entries { get; set; } = [];
}

internal sealed class DcpFile
{
    public string Name { get; set; } = "";

    public string Type { get; set; } = "file";

    public int? Owner { get; set; }

    public int? Group { get; set; }

    public int? Mode { get; set; }

    public string? Source { get; set; }

    public string? Contents { get; set; }

    public bool? ContinueOnError { get; set; }

    public List<DcpFile>? Entries { get; set; }
}
