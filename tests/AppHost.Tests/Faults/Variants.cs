using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EmbedStack.AppHost.Tests.Faults;

/// <summary>
/// One question in forms that mean the same: members in another order, letters written as escapes, spaces, colours that no
/// answer depends on. All clinics send the very same bytes, so that only who asks tells their answers apart.
/// </summary>
internal static class Variants
{
    // Its options' order is the order of an answer's columns.
    private const string Ordered = "post_processing";

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonSerializerOptions Spaced = new() { WriteIndented = true };

    public static IReadOnlyList<string> Of(JsonObject question)
    {
        var coloured = question.DeepClone().AsObject();
        coloured["form_data"]!["color_scheme"] = "lyftColors";
        return
        [
            question.ToJsonString(Plain), Turned(question)!.ToJsonString(Plain), question.ToJsonString(Spaced), coloured.ToJsonString(Plain),
            question.ToJsonString(Plain).Replace("\"datasource\"", "\"d\\u0061tasource\"", StringComparison.Ordinal),
        ];
    }

    private static JsonNode? Turned(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.Reverse().Select(member =>
            KeyValuePair.Create(member.Key, member.Key == Ordered ? member.Value?.DeepClone() : Turned(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Turned)]),
        _ => node?.DeepClone(),
    };
}
