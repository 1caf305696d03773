using System.Text.RegularExpressions;

namespace EmbedStack.Template.Tests;

/// <summary>What <c>dotnet new embedstack</c> writes.</summary>
public sealed class ContentTests(TemplatePackage package)
{
    // What machines without Aspire's packages set stays under its name, and so does where a project comes from.
    private static readonly Regex Kept = new(
        "EmbedStackAspire|EmbedStackOfflineRoot|EmbedStackToolsDirectory|EMBEDSTACK_ASPIRE|EMBEDSTACK_MIRROR|Made from the template of EmbedStack,|Copyright \\(c\\) \\d+ EmbedStack contributors",
        RegexOptions.CultureInvariant);

    private static readonly string[] NotOfAProduct = ["offline/", "templates/", "tests/Template.Tests/", "tests/Repository.Tests/BlankSampleTests.cs", "docs/template.md", "CHANGELOG.md"];

    [Fact]
    public async Task ProjectOfTheSameNameIsThisRepository()
    {
        using var project = await package.GenerateAsync("EmbedStack", "--ports", "51");
        var tracked = (await Repository.TrackedAsync()).Keys.Where(file => !NotOfAProduct.Any(part => file.StartsWith(part, StringComparison.Ordinal))).Order(StringComparer.Ordinal).ToArray();

        Assert.Equal(tracked, project.Files.Where(file => file != "CHANGELOG.md"));
        Assert.All(
            tracked.Where(file => !File.ReadAllText(Repository.PathOf(file)).Contains("#if (", StringComparison.Ordinal) && file != "README.md"),
            file => Assert.True(File.ReadAllBytes(Repository.PathOf(file)).AsSpan().SequenceEqual(File.ReadAllBytes(project.PathOf(file))), file));
    }

    [Theory]
    [InlineData("clinics", "embedstack")]
    [InlineData("blank", "embedstack|clinic|klinik")]
    public async Task NothingIsNamedAfterWhatItIsNot(string sample, string names)
    {
        var project = await package.AcmeAsync(sample);
        var named = new Regex(names, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

        Assert.DoesNotContain(project.Files, named.IsMatch);
        Assert.Empty(project.Texts.SelectMany(file => project.Read(file).Split('\n').Where(line => named.IsMatch(Kept.Replace(line, ""))).Select(line => $"{file}: {line.Trim()}")));
    }

    [Theory]
    [InlineData("clinics")]
    [InlineData("blank")]
    public async Task NoConditionOfTheTemplateIsLeft(string sample)
    {
        var project = await package.AcmeAsync(sample);

        Assert.DoesNotContain(project.Texts, file => Regex.IsMatch(project.Read(file), @"#if \(|#endif"));
    }

    [Fact]
    public async Task WhatCanBeRunHereCanBeRunThere()
    {
        var project = await package.AcmeAsync("clinics");

        var runnable = (await Repository.TrackedAsync()).Where(file => file.Value == "100755" && !NotOfAProduct.Any(part => file.Key.StartsWith(part, StringComparison.Ordinal)))
            .Select(file => file.Key == "embedstack" ? "acme" : file.Key).Order(StringComparer.Ordinal);
        Assert.Equal(runnable, project.Files.Where(project.CanRun));
    }

    [Fact]
    public async Task DocumentOfTheFirstDashboardCanBeFollowedByItsScript()
    {
        var project = await package.AcmeAsync("blank");

        Assert.True(project.CanRun("tests/first-dashboard"));
    }

    [Fact]
    public async Task PortsAreItsOwn()
    {
        var drawn = await package.AcmeAsync("clinics");
        using var chosen = await package.GenerateAsync("Acme", "--ports", "61", "--sample", "blank");

        foreach (var (file, port) in new[] { ("AppHost/Ports/StackPorts.cs", "80"), ("scripts/stack.sh", "86"), ("AppHost/Properties/launchSettings.json", "90"), ("docs/operations.md", "73") })
        {
            Assert.DoesNotMatch($@"\b51{port}\b", drawn.Read(file));
            Assert.Matches($@"\b61{port}\b", chosen.Read(file));
        }
    }

    [Fact]
    public async Task OptionsAreDefaultsOfItsSettings()
    {
        using var project = await package.GenerateAsync("Acme", "--edge", "false", "--isolation", "schema", "--ports", "700");

        Assert.Contains("\"Tokens\": \"direct\"", project.Read("AppHost/appsettings.json"), StringComparison.Ordinal);
        Assert.Contains("isolation=\"schema\"", project.Read("scripts/tenants.sh"), StringComparison.Ordinal);
        // No port is made of digits that give none: others are drawn.
        Assert.Matches(@"\b(5[2-9]|[67]\d)80\b", project.Read("AppHost/Ports/StackPorts.cs"));
    }

    [Fact]
    public void CiRunsEveryCombination()
    {
        var ci = File.ReadAllText(Repository.PathOf(".github/workflows/ci.yml"));

        Assert.All(
            typeof(CombinationTests).GetMethods().Where(method => method.IsDefined(typeof(FactAttribute), inherit: false)),
            combination => Assert.Contains($"- {combination.Name}\n", ci, StringComparison.Ordinal));
    }
}
