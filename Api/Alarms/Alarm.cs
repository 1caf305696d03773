namespace EmbedStack.Api.Alarms;

/// <summary>
/// Something that somebody should look at. It names a person by pseudonym and an address by its network, and never a token,
/// a rule's values or a password.
/// </summary>
internal sealed record Alarm(string Kind, DateTimeOffset At)
{
    public Guid Id { get; } = Guid.NewGuid();

    public string? Tenant { get; init; }

    public Guid? Person { get; init; }

    public string? Network { get; init; }

    public int Count { get; init; } = 1;

    public TimeSpan? Window { get; init; }

    public IReadOnlyList<string>? Dashboards { get; init; }

    /// <summary>The name of a secret.</summary>
    public string? Secret { get; init; }

    public string? CorrelationId { get; init; }

    /// <summary>Whom it is about: the same alarm about the same is told once in a while.</summary>
    public string About => $"{Kind}/{Tenant}/{(object?)Person ?? Network}";
}
