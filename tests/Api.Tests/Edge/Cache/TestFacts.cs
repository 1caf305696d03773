using System.Collections.Frozen;
using EmbedStack.Api.Edge.Cache;

namespace EmbedStack.Api.Tests.Edge.Cache;

internal static class TestFacts
{
    public static readonly CacheFacts Empty = new(
        "", FrozenDictionary<(string Kind, string Value), CacheFacts.Drop>.Empty, FrozenDictionary<(string Kind, int Id), string>.Empty, 0);
}
