using System.Text.Json.Nodes;

namespace EmbedStack.AppHost.Realms;

/// <summary>What a realm remembers of the model that it follows: it stands in attributes of the realm.</summary>
/// <param name="Digest">What tells one model from another; empty for a realm of a version that kept none.</param>
/// <param name="Provided">The organizations and persons that models brought. One that is gone was taken away on purpose.</param>
internal sealed record RealmState(string Digest, IReadOnlySet<string> Provided)
{
    public const string DigestAttribute = "embedstack.model";
    private const string ProvidedAttribute = "embedstack.provided";

    public RealmState(string digest, IEnumerable<string> provided)
        : this(digest, provided.ToHashSet())
    {
    }

    public static RealmState Of(JsonObject realm) => new(
        (string?)realm["attributes"]?[DigestAttribute] ?? "",
        ((string?)realm["attributes"]?[ProvidedAttribute] ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries));

    /// <summary>The realm with this state in its attributes.</summary>
    public JsonObject In(JsonObject realm)
    {
        var changed = realm.DeepClone().AsObject();
        if (changed["attributes"] is not JsonObject attributes)
        {
            changed["attributes"] = attributes = [];
        }

        attributes[DigestAttribute] = Digest;
        attributes[ProvidedAttribute] = string.Join(' ', Provided.Order(StringComparer.Ordinal));
        return changed;
    }
}
