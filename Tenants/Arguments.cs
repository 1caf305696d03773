using EmbedStack.ServiceDefaults.Jobs;

namespace EmbedStack.Tenants;

/// <summary>A command and its options, each <c>--name value</c>.</summary>
internal sealed class Arguments
{
    private readonly Dictionary<string, string> _options;

    private Arguments(string command, Dictionary<string, string> options) => (Command, _options) = (command, options);

    public string Command { get; }

    /// <exception cref="JobException">The line is not a command and pairs.</exception>
    public static Arguments Parse(IReadOnlyList<string> args)
    {
        if (args.Count % 2 == 0 || args.Skip(1).Where((_, index) => index % 2 == 0).Any(name => !name.StartsWith("--", StringComparison.Ordinal)))
        {
            throw new JobException("the command line is not a command and options with values");
        }

        return new Arguments(args[0], args.Skip(1).Chunk(2).ToDictionary(pair => pair[0][2..], pair => pair[1], StringComparer.Ordinal));
    }

    public string? Value(string name) => _options.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;

    public bool Has(string name) => Value(name) is "true";

    public string Required(string name) => Value(name) ?? throw new JobException($"--{name} is missing");
}
