using System.Globalization;
using EmbedStack.Doctor.Patients;
using EmbedStack.Doctor.Patients.Contents;
using EmbedStack.ServiceDefaults.Jobs;
using Microsoft.Extensions.Configuration;
using Npgsql;

namespace EmbedStack.Doctor;

/// <summary>
/// The stack that runs. Addresses come from its status file, secrets that rotate from their files, the others from this clone's
/// user secrets; the environment goes before those.
/// </summary>
internal sealed class RunningStack(IConfiguration configuration)
{
    private readonly StatusFile _status = StatusFile.Read(configuration["EmbedStack:StatusFile"]);

    /// <exception cref="JobException">No stack runs, or what enters it is not known here.</exception>
    public StackPatient Find()
    {
        if (_status.Find("state") != "running")
        {
            throw NotUp(_status.Find("state") is { } state ? $"its state is {state}" : "no stack runs");
        }

        return new StackPatient(
            new StackFacts
            {
                App = new Uri(_status.Find("url", "App") ?? throw NotUp("the app has no address")),
                Authors = new Uri(_status.Find("url", "Authors (Superset)") ?? throw NotUp("authors have no address")),
                Api = Service("api"),
                Embed = Service("embed"),
                Keycloak = Service("keycloak"),
                Superset = Service("superset"),
                SupersetIngress = Parameter("superset-ingress-secret"),
                ServicePasswords = SecretOf("service-account-password"),
                MachineSecrets = SecretOf("northside-integration-client-secret"),
                Parts = [.. _status.Lines("resource").Where(fields => fields.Length >= 4).Select(fields => new PartState(fields[1], fields[2], fields[3]))],
                Catalogue = CatalogueEntry.Read(configuration["Doctor:Catalogue"] ?? throw new JobException("Doctor__Catalogue names catalog.yaml")),
            },
            new StoredContents(Database("superset", "superset_meta"), Database("embedstack", "superset_shared"), StackPatient.ServiceAccount),
            PeerClient.Create(_status.Lines("https").FirstOrDefault() is [_, var authority, ..] ? authority : null));
    }

    private Uri Service(string name) => new($"{(_status.Find("service", name) ?? throw NotUp($"{name} has no address")).TrimEnd('/')}/");

    private string Database(string database, string role)
    {
        var address = (_status.Find("service", "postgres") ?? throw NotUp("postgres has no address")).Split(':');
        return new NpgsqlConnectionStringBuilder
        {
            Host = address[0],
            Port = int.Parse(address[1], CultureInfo.InvariantCulture),
            Database = database,
            Username = role,
            Password = Parameter($"db-{role.Replace('_', '-')}-password"),
        }.ConnectionString;
    }

    // What rotated since the start stands in its file alone: the current value, the one before, and perhaps until when that holds.
    private string[] SecretOf(string name)
    {
        var file = _status.Lines("secret").FirstOrDefault(fields => fields.Length == 3 && fields[1] == name)?[2];
        try
        {
            return file is null ? [Parameter(name)] : [.. File.ReadLines(file).Take(2).Where(line => line.Length > 0)];
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new JobException($"the file of {name} cannot be read. Next: run this as the user who started the stack", problem);
        }
    }

    private string Parameter(string name) => configuration[$"Parameters:{name}"] is { Length: > 0 } value
        ? value
        : throw new JobException($"the parameter {name} has no value here. Next: ./embedstack up, or set Parameters__{name}");

    private static JobException NotUp(string cause) => new($"EmbedStack is not up: {cause}. Next: ./embedstack up");
}
