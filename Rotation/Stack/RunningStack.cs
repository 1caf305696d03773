using EmbedStack.ServiceDefaults.Jobs;
using Microsoft.Extensions.Configuration;

namespace EmbedStack.Rotation.Stack;

/// <summary>The stack that runs, as its status file tells: where its secrets' files are, and where Keycloak answers.</summary>
internal sealed class RunningStack
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private readonly IConfiguration _configuration;
    private readonly string[][] _lines;
    private readonly string _folder;

    private RunningStack(IConfiguration configuration, string[][] lines, string secrets, bool keeps)
    {
        (_configuration, _lines, KeepsSecrets) = (configuration, lines, keeps);
        _folder = Path.Combine(secrets, "rotation");
        Unfinished = new UnfinishedRotations(_folder);
    }

    /// <summary>Whether the next stack of this clone is to have the same secrets.</summary>
    public bool KeepsSecrets { get; }

    public UnfinishedRotations Unfinished { get; }

    public Uri Keycloak => new(Fields("service").FirstOrDefault(fields => fields is [_, "keycloak", _])?[2] ?? throw NotUp("keycloak has no address"));

    /// <exception cref="JobException">No stack runs, or not that far.</exception>
    public static RunningStack Find(IConfiguration configuration)
    {
        var path = configuration["EmbedStack:StatusFile"];
        var lines = path is not null && File.Exists(path) ? File.ReadLines(path).Select(line => line.Split('\t')).ToArray() : [];
        if (!lines.Any(fields => fields is ["state", "running"]))
        {
            throw NotUp(lines.FirstOrDefault(fields => fields is ["state", _])?[1] is { } state ? $"its state is {state}" : "no stack runs");
        }

        return lines.FirstOrDefault(fields => fields is ["secrets", _, _]) is { } secrets
            ? new RunningStack(configuration, lines, secrets[1], secrets[2] == "kept")
            : throw NotUp("its status file names no secrets");
    }

    /// <exception cref="JobException">The stack has none of this name.</exception>
    public IReadOnlyList<RotatingFile> FilesOf(string name)
    {
        string[] paths = [.. Fields("secret").Where(fields => fields[1] == name).Select(fields => fields[2])];
        return paths.Length > 0 && paths.All(File.Exists)
            ? [.. paths.Select(path => new RotatingFile(path))]
            : throw NotUp($"the file of {name} is not there");
    }

    /// <summary>The value of a parameter: of the environment, else of this clone's user secrets.</summary>
    /// <exception cref="JobException">It has none.</exception>
    public string Parameter(string name) => _configuration[$"Parameters:{name}"] is { Length: > 0 } value
        ? value
        : throw new JobException($"the parameter {name} has no value here; set Parameters__{name}");

    /// <summary>Keeps other rotations of this stack away until it is disposed.</summary>
    /// <exception cref="JobException">Another one is under way, or the folder is another user's.</exception>
    public IDisposable TakeTurn()
    {
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(_folder);
            }
            else
            {
                Directory.CreateDirectory(_folder, OwnerOnly);
            }

            return new FileStream(Path.Combine(_folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException problem)
        {
            throw new JobException("the stack's secrets are another user's. Next: run this as the user who started the stack", problem);
        }
        catch (IOException problem)
        {
            throw new JobException("another rotation is under way. Next: wait for it, then ./embedstack rotate --list", problem);
        }
    }

    private static JobException NotUp(string cause) => new($"EmbedStack is not up: {cause}. Next: ./embedstack up");

    private IEnumerable<string[]> Fields(string kind) => _lines.Where(fields => fields.Length == 3 && fields[0] == kind);
}
