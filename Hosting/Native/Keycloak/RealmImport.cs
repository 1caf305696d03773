using System.Text.Json;

namespace Aspire.Hosting.Native.Keycloak;

/// <summary>Puts realms where Keycloak looks for them at start.</summary>
internal static class RealmImport
{
    public static async Task CopyAsync(string source, string dataDirectory, CancellationToken cancellationToken)
    {
        var target = Path.Combine(dataDirectory, "data", "import");
        Directory.CreateDirectory(target);

        foreach (var file in Directory.Exists(source) ? Directory.EnumerateFiles(source, "*.json") : [source])
        {
            var content = await File.ReadAllTextAsync(file, cancellationToken).ConfigureAwait(false);
            // Keycloak takes the realm's name from the file's.
            await File.WriteAllTextAsync(Path.Combine(target, $"{RealmOf(file, content)}-realm.json"), content, cancellationToken).ConfigureAwait(false);
        }
    }

    private static string RealmOf(string file, string content)
    {
        try
        {
            using var realm = JsonDocument.Parse(content);
            return realm.RootElement.GetProperty("realm").GetString()!;
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new DistributedApplicationException($"The file {file} is not a realm of Keycloak: {exception.Message}", exception);
        }
    }
}
