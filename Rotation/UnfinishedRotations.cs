namespace EmbedStack.Rotation;

/// <summary>The value that a rotation has begun with, kept until it ends: whoever runs it again finishes that one.</summary>
internal sealed class UnfinishedRotations(string directory)
{
    public bool Has(string name) => File.Exists(PathOf(name));

    public string? Find(string name) => Has(name) && File.ReadAllText(PathOf(name)).Trim() is { Length: > 0 } value ? value : null;

    public void Begin(string name, string value) => OwnedFile.Write(PathOf(name), value);

    public void End(string name) => File.Delete(PathOf(name));

    private string PathOf(string name) => Path.Combine(directory, name);
}
