using System.Text.RegularExpressions;

namespace EmbedStack.Template.Tests;

/// <summary>What a team that begins from the blank sample reads.</summary>
public sealed class BlankTests(TemplatePackage package)
{
    // The doctor has patients in every sample.
    private static readonly string[] OfTheDoctor = ["Doctor/", "AppHost/Doctors/", "tests/Doctor.Tests/"];

    [Fact]
    public async Task NobodyOfTheClinicsIsLeft()
    {
        var project = await package.AcmeAsync("blank");
        var named = new Regex("(?<!im)patient", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

        Assert.DoesNotContain(
            project.Texts.Where(file => !OfTheDoctor.Any(part => file.StartsWith(part, StringComparison.Ordinal))),
            file => named.IsMatch(project.Read(file)));
    }
}
