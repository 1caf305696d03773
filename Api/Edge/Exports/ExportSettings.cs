namespace EmbedStack.Api.Edge.Exports;

/// <summary>How much of its rows a clinic lets go into files: <c>Edge:Exports</c>. Each instance counts for itself.</summary>
/// <param name="Rows">Rows that a file may have.</param>
/// <param name="Bytes">Bytes that it may have.</param>
/// <param name="Burst">Files that a person may ask for at once, or after a pause.</param>
/// <param name="PerMinute">And in the long run.</param>
/// <param name="AtOnce">Of these, that are made or fetched at the same time.</param>
/// <param name="AllAtOnce">The same of everybody, of which a tenant may have one half.</param>
internal sealed record ExportSettings(int Rows, long Bytes, int Burst, int PerMinute, int AtOnce, int AllAtOnce)
{
    /// <exception cref="InvalidOperationException">A limit is not a positive number.</exception>
    public static ExportSettings From(IConfiguration configuration)
    {
        return new(Read("Rows", 100_000), Read("Megabytes", 32) * 1024L * 1024, Read("Burst", 60), Read("PerMinute", 20), Read("AtOnce", 4), Read("AllAtOnce", 16));

        int Read(string name, int otherwise) => configuration.GetValue($"Edge:Exports:{name}", otherwise) is > 0 and var given
            ? given
            : throw new InvalidOperationException($"Edge__Exports__{name} must be a positive number.");
    }
}
