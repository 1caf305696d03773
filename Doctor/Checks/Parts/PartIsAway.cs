using EmbedStack.Doctor.Patients;

namespace EmbedStack.Doctor.Checks.Parts;

/// <summary>A part of the stack that does not run, or is not well.</summary>
internal sealed class PartIsAway(string part, string slug, string symptom, string cause, string fix) : StackCheck(slug, symptom, cause, fix)
{
    public static IEnumerable<Check> All { get; } =
    [
        new PartIsAway("postgres", "database-away", "Pages say that the service is away; nobody is signed in.",
            "Postgres does not run, or takes no connections.", "Start it from the Aspire dashboard; its log says why it ended."),
        new PartIsAway("keycloak", "keycloak-away", "Nobody can sign in; who is signed in is refused within a minute.",
            "Keycloak does not run, or is not ready.", "Start it from the Aspire dashboard; its log says why it ended."),
        new PartIsAway("superset", "superset-away", "Dashboards say that they do not answer; what is kept at the edge is still shown for minutes.",
            "Superset does not run, or is not ready.", "Start it from the Aspire dashboard; its log says why it ended."),
        new PartIsAway("redis", "redis-away", "Charts are slow to come, authors are signed out.",
            "Redis does not run, or does not answer: Superset's caches and sessions are gone.", "Start it from the Aspire dashboard; its log says why it ended."),
        new PartIsAway("api", "api-away", "The app does not load, or says that it gets no answer.",
            "The Api does not run, or lacks a part that it needs.", "Look at its log and at the other findings; start it from the Aspire dashboard."),
        new PartIsAway("edge", "edge-away", "The app works, and dashboards do not load.",
            "The edge's own processes do not run, or lack a part that they need.", "Look at their logs and at the other findings; start them from the Aspire dashboard.")
        { IsOptional = true },
        new PartIsAway("renderer", "server-pictures", "No PDF or picture of a dashboard can be made.",
            "The renderer, which has Chromium, does not run: not every machine lets Chromium start.",
            "See its log; EmbedStack:Renderer:Chromium names another browser. The rest of the stack does without it."),
    ];

    /// <summary>Whether stacks may do without it.</summary>
    private bool IsOptional { get; init; }

    protected override Task<Verdict> ExamineAsync(StackPatient stack)
    {
        var parts = stack.Facts.Parts.Where(known => IsOf(known.Name)).ToArray();
        return Task.FromResult(parts.Length == 0 && !IsOptional
            ? Verdict.Found($"{part} is not there")
            : Verdict.Of(parts.Where(known => !known.Works).Select(known => known.Health == "-" ? $"{known.Name} is {known.State}" : $"{known.Name} is {known.State}, {known.Health}")));
    }

    // Of some there may be several: superset, superset-2, ….
    private bool IsOf(string name) =>
        name == part || (name.StartsWith($"{part}-", StringComparison.Ordinal) && name.AsSpan(part.Length + 1).IndexOfAnyExceptInRange('0', '9') < 0);
}
