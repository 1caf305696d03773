namespace EmbedStack.Api.Secrets;

/// <summary>A secret's current value and, while a rotation is under way, the previous one.</summary>
internal sealed record Secret(string Current, string? Previous)
{
    public IEnumerable<string> All => Previous is null ? [Current] : [Current, Previous];

    public override string ToString() => "***";
}
