using Microsoft.Extensions.Configuration;

namespace EmbedStack.AppHost.Runtime;

/// <summary>What <c>./embedstack</c> made for a machine that reaches no registry.</summary>
/// <param name="AreStandIns">Whether the images are made here under the registries' names.</param>
/// <param name="Wheels">The image that holds Superset's wheels, if they don't come from PyPI.</param>
internal sealed record LocalImages(bool AreStandIns, string? Wheels)
{
    public static LocalImages Read(IConfiguration configuration)
    {
        var section = configuration.GetSection("EmbedStack:Images");
        return new(section.GetValue("StandIns", false), section["Wheels"] is { Length: > 0 } wheels ? wheels : null);
    }
}
