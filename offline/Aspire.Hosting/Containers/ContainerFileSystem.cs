namespace Aspire.Hosting.ApplicationModel;

/// <summary>A file or a directory that is put into a container.</summary>
public abstract class ContainerFileSystemItem
{
    /// <summary>The name, without a path.</summary>
    public string Name
    {
        get;
        set => field = Path.GetFileName(value) == value ? value : throw new ArgumentException($"Name '{value}' must be a simple file or folder name and not include any path separators.", nameof(value));
    }

    = "";

    /// <summary>The owner's id.</summary>
    public int? Owner { get; set; }

    /// <summary>The group's id.</summary>
    public int? Group { get; set; }

    /// <summary>The permissions; 0 for the default.</summary>
    public UnixFileMode Mode { get; set; }
}

/// <summary>A file that is put into a container.</summary>
public abstract class ContainerFileBase : ContainerFileSystemItem
{
    /// <summary>The text.</summary>
    public string? Contents { get; set; }

    /// <summary>The host's file, instead of a text.</summary>
    public string? SourcePath { get; set; }

    /// <summary>Whether the container starts even where the file cannot be made.</summary>
    public bool? ContinueOnError { get; set; }
}

/// <summary>A file that is put into a container.</summary>
public sealed class ContainerFile : ContainerFileBase;

/// <summary>A directory that is put into a container.</summary>
public sealed class ContainerDirectory : ContainerFileSystemItem
{
    /// <summary>What is in it.</summary>
    public IEnumerable<ContainerFileSystemItem> Entries { get; set; } = [];

    /// <summary>Reads the host's files.</summary>
    /// <param name="path">A file or a directory.</param>
    /// <param name="searchPattern">Which files.</param>
    /// <param name="searchOptions">Whether directories below are read, too.</param>
    /// <param name="updateItem">Changes each item.</param>
    /// <returns>The items.</returns>
    public static IEnumerable<ContainerFileSystemItem> GetFileSystemItemsFromPath(string path, string searchPattern = "*", SearchOption searchOptions = SearchOption.TopDirectoryOnly, Action<ContainerFileSystemItem>? updateItem = null)
    {
        var full = Path.GetFullPath(path);
        if (File.Exists(full))
        {
            return [FileItem(full)];
        }

        return Directory.Exists(full) ? Items(full) : throw new InvalidOperationException($"The specified path '{path}' does not exist.");

        ContainerFile FileItem(string file)
        {
            var item = new ContainerFile { Name = Path.GetFileName(file), SourcePath = file };
            updateItem?.Invoke(item);
            return item;
        }

        List<ContainerFileSystemItem> Items(string directory)
        {
            List<ContainerFileSystemItem> items = [.. Directory.GetFiles(directory, searchPattern).Order(StringComparer.Ordinal).Select(FileItem)];
            if (searchOptions == SearchOption.AllDirectories)
            {
                foreach (var child in Directory.GetDirectories(directory).Order(StringComparer.Ordinal))
                {
                    var item = new ContainerDirectory { Name = Path.GetFileName(child), Entries = Items(child) };
                    updateItem?.Invoke(item);
                    items.Add(item);
                }
            }

            return items;
        }
    }
}
