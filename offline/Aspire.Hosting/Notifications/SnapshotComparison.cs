using System.Collections;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Compares states by content, so that updates that change nothing are not published.</summary>
internal static class SnapshotComparison
{
    internal static bool Same(CustomResourceSnapshot left, CustomResourceSnapshot right)
        => left.ResourceType == right.ResourceType
            && left.State == right.State
            && left.ExitCode == right.ExitCode
            && left.CreationTimeStamp == right.CreationTimeStamp
            && left.StartTimeStamp == right.StartTimeStamp
            && left.StopTimeStamp == right.StopTimeStamp
            && left.IsHidden == right.IsHidden
            && left.IconName == right.IconName
            && left.IconVariant == right.IconVariant
            && ReferenceEquals(left.ReadyHandlers, right.ReadyHandlers)
            && Equal(left.HealthReports, right.HealthReports)
            && Equal(left.EnvironmentVariables, right.EnvironmentVariables)
            && Equal(left.Urls, right.Urls)
            && Equal(left.Volumes, right.Volumes)
            && Equal(left.Relationships, right.Relationships)
            && Equal(left.Commands, right.Commands)
            && left.Properties.Length == right.Properties.Length
            && left.Properties.Zip(right.Properties).All(p => Same(p.First, p.Second));

    private static bool Equal<T>(ImmutableArray<T> left, ImmutableArray<T> right) => left.AsSpan().SequenceEqual(right.AsSpan());

    private static bool Same(ResourcePropertySnapshot left, ResourcePropertySnapshot right)
        => left.Name == right.Name && left.IsSensitive == right.IsSensitive && (Equals(left.Value, right.Value)
            || (left.Value is IEnumerable a and not string && right.Value is IEnumerable b and not string && a.Cast<object?>().SequenceEqual(b.Cast<object?>())));
}
