namespace EmbedStack.AppHost.Databases;

/// <summary>A role of the Postgres server.</summary>
/// <param name="Name">The role's name.</param>
/// <param name="Password">The role's password.</param>
/// <param name="IsReader">Whether it reads customers' rows and nothing else.</param>
internal sealed record DatabaseRole(string Name, IResourceBuilder<ParameterResource> Password, bool IsReader = false);
