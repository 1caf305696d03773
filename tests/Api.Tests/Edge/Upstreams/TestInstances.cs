using EmbedStack.Api.Edge.Upstreams;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace EmbedStack.Api.Tests.Edge.Upstreams;

/// <summary>Instances of Superset that only have addresses.</summary>
internal static class TestInstances
{
    public static SupersetInstances Create(TimeProvider clock, params string[] addresses) => new(
        new ConfigurationBuilder().AddInMemoryCollection(
            addresses.Select((address, number) => KeyValuePair.Create($"services:superset:http:{number}", (string?)address))).Build(),
        clock,
        NullLogger<SupersetInstances>.Instance);
}
