using EmbedStack.ClinicData.Stores;
using EmbedStack.ServiceDefaults.Jobs;
using EmbedStack.Tenants.Keycloak;
using EmbedStack.Tenants.Records;
using Microsoft.Extensions.Configuration;
using Npgsql;

namespace EmbedStack.Tenants.Stack;

/// <summary>
/// The stack that the commands work on. Addresses come from the status file of the stack that runs and passwords from
/// this clone's user secrets; the environment goes before both.
/// </summary>
internal sealed class RunningStack : IDisposable
{
    private RunningStack(ClinicServer server, KeycloakAdmin keycloak) =>
        (Keycloak, Server, Records) = (keycloak, server, new TenantRecords(server));

    public KeycloakAdmin Keycloak { get; }

    public ClinicServer Server { get; }

    public TenantRecords Records { get; }

    /// <exception cref="JobException">An address or a password is not to be found.</exception>
    public static RunningStack Find(IConfiguration configuration)
    {
        var status = StatusFile.Read(configuration["EmbedStack:StatusFile"]);
        return new RunningStack(
            new ClinicServer(
                Database("clinic-db", "clinic", "clinic-owner"),
                //#if (clinics)
                Database("clinic-db-loader", "clinic", "clinic-loader"),
                //#endif
                Database("embedstack-db", "embedstack", "clinic-loader")),
            new KeycloakAdmin(
                new Uri(configuration["Keycloak:Address"] ?? Service("keycloak")),
                configuration["Keycloak:Realm"] ?? "embedstack",
                Password("tenants-client-secret")));

        string Database(string name, string database, string role)
        {
            if (configuration.GetConnectionString(name) is { Length: > 0 } given)
            {
                return Tuned(new NpgsqlConnectionStringBuilder(given));
            }

            var address = Service("postgres").Split(':');
            return Tuned(new NpgsqlConnectionStringBuilder
            {
                Host = address[0],
                Port = int.Parse(address[1], System.Globalization.CultureInfo.InvariantCulture),
                Database = database,
                Username = role.Replace('-', '_'),
                Password = Password($"db-{role}-password"),
            });
        }

        string Service(string name) => status.Find("service", name)
            ?? throw new JobException($"EmbedStack is not up: {name} has no address. Next: ./embedstack up");

        string Password(string parameter) => configuration[$"Parameters:{parameter}"] is { Length: > 0 } value
            ? value
            : throw new JobException($"the parameter {parameter} has no value here. Next: ./embedstack up, or set Parameters__{parameter}");
    }

    public void Dispose() => Keycloak.Dispose();

    private static string Tuned(NpgsqlConnectionStringBuilder connection)
    {
        (connection.Pooling, connection.Timeout, connection.CommandTimeout, connection.ApplicationName) = (false, 15, 300, "embedstack-tenants");
        return connection.ConnectionString;
    }
}
