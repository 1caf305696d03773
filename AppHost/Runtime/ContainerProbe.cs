using System.Collections.Concurrent;

namespace EmbedStack.AppHost.Runtime;

/// <summary>
/// Tells whether containers would work: a container runtime answers, and each image is there or can be pulled. Aspire's
/// own detection happens at start, after the model is built, and stops at the runtime's answer.
/// </summary>
internal sealed class ContainerProbe(Func<string, string[], TimeSpan, CommandOutput> run)
{
    private const string StandInLabel = "embedstack.standin";

    /// <summary>The container runtimes that Aspire knows, in the order in which they are asked.</summary>
    public static readonly string[] Runtimes = ["docker", "podman"];

    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RegistryLimit = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, bool> _answers = new();

    /// <summary>The probe of this process, which asks each question once.</summary>
    public static ContainerProbe OfThisMachine { get; } = new(Command.Run);

    /// <param name="images">The images the stack needs.</param>
    public bool ContainersWork(IReadOnlyList<string> images) =>
        _answers.GetOrAdd(
            string.Join(' ', images),
            _ => Runtimes.FirstOrDefault(Answers) is { } runtime && AllAvailable(runtime, images));

    // The client alone proves nothing: docker's prints its own version without a daemon.
    private bool Answers(string runtime) =>
        run(runtime, runtime is "docker" ? ["version", "--format", "{{.Server.Version}}"] : ["info", "--format", "{{.Version.Version}}"], AnswerLimit)
            is { Succeeded: true, Text: not "" };

    private bool AllAvailable(string runtime, IReadOnlyList<string> images) =>
        images.Where(image => !IsPresent(runtime, image)).All(image => CanBePulled(runtime, image));

    // Images made locally for machines without a registry work only where somebody made them: they are asked for by name.
    private bool IsPresent(string runtime, string image) =>
        run(runtime, ["image", "inspect", "--format", $"{{{{index .Config.Labels \"{StandInLabel}\"}}}}", image], AnswerLimit)
            is { Succeeded: true, Text: "" or "<no value>" };

    private bool CanBePulled(string runtime, string image) =>
        run(runtime, ["manifest", "inspect", image], RegistryLimit).Succeeded;
}
