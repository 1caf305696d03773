using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using EmbedStack.ServiceDefaults.Jobs;
using Microsoft.Extensions.Configuration.UserSecrets;

namespace EmbedStack.Rotation.Stack;

/// <summary>This clone's user secrets, from which the next start of a stack that keeps its data takes its values.</summary>
/// <param name="path">The file, or null where the stack keeps nothing.</param>
internal sealed class UserSecrets(string? path)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public bool Keeps => path is not null;

    public static UserSecrets Of(RunningStack stack) => new(stack.KeepsSecrets
        ? PathHelper.GetSecretsPathFromSecretsId(typeof(UserSecrets).Assembly.GetCustomAttribute<UserSecretsIdAttribute>()!.UserSecretsId)
        : null);

    /// <summary>Keeps a parameter's value; the others stay as they are.</summary>
    public void Keep(string parameter, string value)
    {
        if (path is null)
        {
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var secrets = Read(path);
        // The same key is written as a path or as nested objects.
        if (secrets["Parameters"] is JsonObject nested && nested.ContainsKey(parameter))
        {
            nested[parameter] = value;
        }
        else
        {
            secrets[$"Parameters:{parameter}"] = value;
        }

        OwnedFile.Write(path, secrets.ToJsonString(Indented));
    }

    private static JsonObject Read(string file)
    {
        try
        {
            return File.Exists(file) ? JsonNode.Parse(File.ReadAllText(file)) as JsonObject ?? [] : [];
        }
        catch (JsonException problem)
        {
            throw new JobException($"{file} is no JSON", problem);
        }
    }
}
