using System.Text.Json;
using System.Text.Json.Nodes;

namespace Aspire.Hosting;

/// <summary>The user secrets' file of an AppHost; null where it has none.</summary>
internal sealed class UserSecrets(string? path)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private readonly Lock _gate = new();

    internal string? Path => path;

    internal bool TrySet(string key, string value) => Change(secrets => secrets[key] = value);

    internal bool TryDelete(string key) => Change(secrets => secrets.Remove(key));

    internal static UserSecrets Of(IDistributedApplicationBuilder builder)
        => builder.Services.Select(d => d.ServiceType == typeof(UserSecrets) ? d.ImplementationInstance : null).OfType<UserSecrets>().First();

    private bool Change(Action<JsonObject> change)
    {
        if (path is null)
        {
            return false;
        }

        try
        {
            lock (_gate)
            {
                var secrets = File.Exists(path) ? Flatten(JsonNode.Parse(File.ReadAllText(path)) as JsonObject) : [];
                change(secrets);
                Write(secrets.ToJsonString(Indented));
                return true;
            }
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException or JsonException)
        {
            return false;
        }
    }

    /// <summary>Readable by the user alone, and never half written.</summary>
    private void Write(string json)
    {
        var directory = Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        var draft = System.IO.Path.Combine(directory.FullName, $".{Guid.NewGuid():n}");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var writer = new StreamWriter(draft, options))
        {
            writer.Write(json);
        }

        File.Move(draft, path!, overwrite: true);
    }

    private static JsonObject Flatten(JsonObject? root)
    {
        var flat = new JsonObject();
        void Walk(JsonObject node, string prefix)
        {
            foreach (var (key, value) in node)
            {
                if (value is JsonObject child)
                {
                    Walk(child, $"{prefix}{key}:");
                }
                else
                {
                    flat[prefix + key] = value?.DeepClone();
                }
            }
        }

        if (root is not null)
        {
            Walk(root, "");
        }

        return flat;
    }
}
