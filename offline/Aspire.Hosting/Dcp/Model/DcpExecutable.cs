namespace Aspire.Hosting.Dcp.Model;

internal sealed class DcpExecutable : DcpObject<DcpExecutableSpec, DcpExecutableStatus>, IDcpKind
{
    public static string KindName => "Executable";

    public static string Plural => "executables";
}

internal sealed class DcpExecutableSpec
{
    public string? ExecutablePath { get; set; }

    public string? WorkingDirectory { get; set; }

    public List<string>? Args { get; set; }

    public List<DcpVariable>? Env { get; set; }

    public string? ExecutionType { get; set; }

    public bool? Start { get; set; }

    public bool? Stop { get; set; }
}

internal sealed class DcpExecutableStatus
{
    public string? State { get; set; }

    public int? Pid { get; set; }

    public int? ExitCode { get; set; }

    public DateTimeOffset? StartupTimestamp { get; set; }

    public DateTimeOffset? FinishTimestamp { get; set; }

    public List<DcpVariable>? EffectiveEnv { get; set; }

    public List<string>? EffectiveArgs { get; set; }
}

internal sealed class DcpVariable
{
    public string Name { get; set; } = "";

    public string? Value { get; set; }
}

/// <summary>An argument as the dashboard shows it.</summary>
internal sealed record ShownArgument(string Argument, bool IsSensitive, int? EffectiveArgumentIndex);
