using System.Globalization;
using EmbedStack.ServiceDefaults.Jobs;
using Microsoft.Extensions.Configuration;
using Npgsql;

namespace EmbedStack.Rotation.Stack;

/// <summary>The stack that runs, as its status file tells: where its secrets' files are, and where Keycloak answers.</summary>
internal sealed class RunningStack
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private readonly IConfiguration _configuration;
    private readonly StatusFile _status;
    private readonly string _folder;

    private RunningStack(IConfiguration configuration, StatusFile status, string secrets, bool keeps)
    {
        (_configuration, _status, KeepsSecrets) = (configuration, status, keeps);
        _folder = Path.Combine(secrets, "rotation");
        Unfinished = new UnfinishedRotations(_folder);
    }

    /// <summary>Whether the next stack of this clone is to have the same secrets.</summary>
    public bool KeepsSecrets { get; }

    public UnfinishedRotations Unfinished { get; }

    public Uri Keycloak => new(_status.Find("service", "keycloak") ?? throw NotUp("keycloak has no address"));

    /// <summary>How the Api reaches its tables.</summary>
    public string ApiDatabase
    {
        get
        {
            if (_configuration.GetConnectionString("embedstack-db") is { Length: > 0 } given)
            {
                return given;
            }

            var address = _status.Find("service", "postgres") ?? throw NotUp("postgres has no address");
            return new NpgsqlConnectionStringBuilder
            {
                Host = address.Split(':')[0],
                Port = int.Parse(address.Split(':')[1], CultureInfo.InvariantCulture),
                Database = "embedstack",
                Username = "api",
                Password = Parameter("db-api-password"),
                Pooling = false,
                Timeout = 5,
                CommandTimeout = 5,
                ApplicationName = "embedstack-rotation",
            }.ConnectionString;
        }
    }

    /// <exception cref="JobException">No stack runs, or not that far.</exception>
    public static RunningStack Find(IConfiguration configuration)
    {
        var status = StatusFile.Read(configuration["EmbedStack:StatusFile"]);
        var state = status.Find("state");
        if (state != "running")
        {
            throw NotUp(state is null ? "no stack runs" : $"its state is {state}");
        }

        return status.Lines("secrets").FirstOrDefault(fields => fields.Length == 3) is { } secrets
            ? new RunningStack(configuration, status, secrets[1], secrets[2] == "kept")
            : throw NotUp("its status file names no secrets");
    }

    /// <exception cref="JobException">The stack has none of this name.</exception>
    public IReadOnlyList<RotatingFile> FilesOf(string name)
    {
        string[] paths = [.. _status.Lines("secret").Where(fields => fields.Length == 3 && fields[1] == name).Select(fields => fields[2])];
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
}
