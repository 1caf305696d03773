using System.Net;
using System.Net.Sockets;
using EmbedStack.Api.Audit;
using EmbedStack.Api.Http;

namespace EmbedStack.Api.Alarms.Rules;

/// <summary>Refusals that pile up for one person or from one address. What is away, switched off or ours to mend is nobody's failure.</summary>
internal sealed class RepeatedFailures(AlarmLimits limits) : IAlarmRule
{
    private static readonly HashSet<string> Ours = new(StringComparer.Ordinal)
    {
        Problems.SupersetUnavailable.Slug, Problems.SupersetBusy.Slug, Problems.SupersetRefused.Slug, Problems.IdentityUnavailable.Slug,
        Problems.DatabaseUnavailable.Slug, Problems.AuditUnavailable.Slug, Problems.EmbeddingSuspended.Slug, Problems.Internal.Slug,
        Problems.Uncovered.Slug, Problems.TokenTooLarge.Slug, AuditReason.CallerGone,
        // A page whose session or guest token has run out asks until somebody signs in, or it is renewed.
        Problems.NotSignedIn.Slug, Problems.NoGuestToken.Slug,
    };

    private readonly RecentCounts _counts = new(limits.FailuresWithin);

    public IEnumerable<Alarm> Judge(AuditEntry entry, AuditRow row)
    {
        if (entry.Event.Allowed || row.Kind == AuditKind.SessionEnded || Ours.Contains(row.Reason ?? ""))
        {
            yield break;
        }

        if (row.Person is { } person && _counts.Add($"person/{person}", row.At) is var ofPerson && ofPerson >= limits.Failures)
        {
            yield return Ring(row, ofPerson) with { Person = person, Tenant = row.Tenant };
        }

        if (entry.Event.Address is { } address && _counts.Add($"address/{Holder(address)}", row.At) is var ofAddress && ofAddress >= limits.Failures)
        {
            yield return Ring(row, ofAddress) with { Network = Networks.Of(address) };
        }
    }

    // In version 6 one holder has more addresses than can be counted.
    private static string? Holder(IPAddress address) =>
        address is { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false } ? Networks.Of(address) : address.ToString();

    private Alarm Ring(AuditRow row, int count) =>
        new(AlarmKind.RepeatedFailures, row.At) { Count = count, Window = limits.FailuresWithin, CorrelationId = row.CorrelationId };
}
