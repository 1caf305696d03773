using Aspire.Hosting.Dashboard.Messages;
using Google.Protobuf.WellKnownTypes;
using HealthStatus = Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus;
using Message = Aspire.Hosting.Dashboard.Messages;

namespace Aspire.Hosting.Dashboard;

/// <summary>Turns a resource's snapshot into what the dashboard reads.</summary>
internal static class ResourceMessages
{
    public static Message.Resource From(ResourceEvent change)
    {
        var snapshot = change.Snapshot;
        var message = new Message.Resource
        {
            Name = change.ResourceId,
            Uid = change.ResourceId,
            DisplayName = change.Resource.Name,
            ResourceType = snapshot.ResourceType,
            State = snapshot.State?.Text ?? "",
            StateStyle = snapshot.State?.Style ?? "",
            IsHidden = snapshot.IsHidden,
            // The page sorts by this and fails without it.
            CreatedAt = ToTimestamp(snapshot.CreationTimeStamp ?? DateTime.UnixEpoch),
        };
        SetOptional(message, snapshot);
        message.Environment.Add(snapshot.EnvironmentVariables.Select(From));
        message.Urls.Add(snapshot.Urls.Select(From));
        message.Volumes.Add(snapshot.Volumes.Select(From));
        message.HealthReports.Add(snapshot.HealthReports.Select(From));
        message.Relationships.Add(snapshot.Relationships.Select(From));
        message.Properties.Add(PropertyMessages.From(change));
        message.Commands.Add(snapshot.Commands
            .Where(command => command.Visibility.HasFlag(ResourceCommandVisibility.UI))
            .Select(CommandMessages.From));
        return message;
    }

    private static void SetOptional(Message.Resource message, CustomResourceSnapshot snapshot)
    {
        if (snapshot.StartTimeStamp is { } started)
        {
            message.StartedAt = ToTimestamp(started);
        }

        if (snapshot.StopTimeStamp is { } stopped)
        {
            message.StoppedAt = ToTimestamp(stopped);
        }

        if (snapshot.IconName is { } icon)
        {
            message.IconName = icon;
        }

        if (snapshot.IconVariant is { } variant)
        {
            message.IconVariant = CommandMessages.From(variant);
        }
    }

    private static EnvironmentVariable From(EnvironmentVariableSnapshot variable)
        => new() { Name = variable.Name, Value = variable.Value ?? "", IsFromSpec = variable.IsFromSpec };

    private static Url From(UrlSnapshot url) => new()
    {
        EndpointName = url.Name ?? "",
        FullUrl = url.Url,
        IsInternal = url.IsInternal,
        IsInactive = url.IsInactive,
        DisplayProperties = new()
        {
            DisplayName = url.DisplayProperties.DisplayName,
            SortOrder = url.DisplayProperties.SortOrder,
        },
    };

    private static Volume From(VolumeSnapshot volume) => new()
    {
        Source = volume.Source ?? "",
        Target = volume.Target,
        MountType = volume.MountType,
        IsReadOnly = volume.IsReadOnly,
    };

    private static Message.ResourceRelationship From(RelationshipSnapshot relationship)
        => new() { ResourceName = relationship.ResourceName, Type = relationship.Type };

    private static HealthReport From(HealthReportSnapshot report)
    {
        var message = new HealthReport
        {
            Key = report.Name,
            Description = report.Description ?? "",
            Exception = report.ExceptionText ?? "",
        };
        if (report.Status is { } status)
        {
            message.Status = status switch
            {
                HealthStatus.Healthy => Message.HealthStatus.Healthy,
                HealthStatus.Degraded => Message.HealthStatus.Degraded,
                _ => Message.HealthStatus.Unhealthy,
            };
        }

        if (report.LastRunAt is { } lastRun)
        {
            message.LastRunAt = ToTimestamp(lastRun);
        }

        return message;
    }

    private static Timestamp ToTimestamp(DateTime time) => Timestamp.FromDateTime(time.ToUniversalTime());
}
