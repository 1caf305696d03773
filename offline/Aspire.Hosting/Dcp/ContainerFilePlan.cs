using Aspire.Hosting.Dcp.Model;

namespace Aspire.Hosting.Dcp;

/// <summary>Makes the files that a container gets before it starts.</summary>
internal static class ContainerFilePlan
{
    internal static async Task<List<DcpCreateFiles>?> MakeAsync(IResource resource, IServiceProvider services, CancellationToken cancellationToken)
    {
        var all = new List<DcpCreateFiles>();
        foreach (var annotation in resource.Annotations.OfType<ContainerFileSystemCallbackAnnotation>().ToArray())
        {
            var context = new ContainerFileSystemCallbackContext { Services = services, Model = resource };
            var items = await annotation.Callback(context, cancellationToken).ConfigureAwait(false);
            var entries = items.Select(ToEntry).ToList();
            if (entries.Count > 0)
            {
                all.Add(new DcpCreateFiles
                {
                    Destination = annotation.DestinationPath,
                    DefaultOwner = annotation.DefaultOwner ?? 0,
                    DefaultGroup = annotation.DefaultGroup ?? 0,
                    Umask = annotation.Umask is { } umask ? (int)umask : null,
                    Entries = entries,
                });
            }
        }

        return all.Count == 0 ? null : all;
    }

    private static DcpFile ToEntry(ContainerFileSystemItem item)
    {
        var entry = new DcpFile { Name = item.Name, Owner = item.Owner, Group = item.Group, Mode = item.Mode == UnixFileMode.None ? null : (int)item.Mode };
        if (item is ContainerDirectory directory)
        {
            entry.Type = "directory";
            entry.Entries = [.. directory.Entries.Select(ToEntry)];
        }
        else if (item is ContainerFileBase file)
        {
            entry.Contents = file.Contents;
            entry.Source = file.SourcePath;
            entry.ContinueOnError = file.ContinueOnError;
        }

        return entry;
    }
}
