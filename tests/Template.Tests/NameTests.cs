using System.Text.Json;
using System.Text.RegularExpressions;
using EmbedStack.Tests.Processes;

namespace EmbedStack.Template.Tests;

/// <summary>What becomes of the name that a product is to have.</summary>
public sealed partial class NameTests(TemplatePackage package)
{
    private static readonly TimeSpan PythonTimeout = TimeSpan.FromMinutes(1);

    public static TheoryData<string> Templates => ["templates/stack/template.json", "templates/dashboard/.template.config/template.json"];

    [Theory]
    [InlineData("My.Shop-2", "MyShop2")]
    [InlineData("2nd Try", "App2ndTry")]
    [InlineData("Doctor", "DoctorApp")]
    public async Task NameBecomesOneThatEveryLanguageTakes(string name, string expected)
    {
        using var project = await package.GenerateAsync(name, "--sample", "blank");
        var script = expected.ToLowerInvariant();

        Assert.Contains($"{expected}.sln", project.Files);
        Assert.Contains($"namespace {expected}.AppHost.Ports;", project.Read("AppHost/Ports/StackPorts.cs"), StringComparison.Ordinal);
        Assert.Contains($"__Host-{script}\"", project.Read("Api/Identity/IdentityExtensions.cs"), StringComparison.Ordinal);
        Assert.Contains($"\"realm\": \"{script}\"", project.Read($"AppHost/Realms/{script}-realm.json"), StringComparison.Ordinal);
        Assert.Contains($"SupersetContainer/{script}/__init__.py", project.Files);
        Assert.True(project.CanRun(script));
    }

    // In a product named Doctor, Store, Class or Platform, a script, a type, a word or a module of Python would mean two things.
    [Theory]
    [MemberData(nameof(Templates))]
    public async Task NameThatIsTakenGetsAnEnding(string template)
    {
        var forms = JsonDocument.Parse(File.ReadAllText(Repository.PathOf(template))).RootElement.GetProperty("forms");
        var taken = forms.GetProperty("product").GetProperty("steps").EnumerateArray().Select(step => forms.GetProperty(step.GetString()!))
            .Where(form => form.TryGetProperty("replacement", out var replacement) && replacement.GetString() == "$1App").Select(form => form.GetProperty("pattern").GetString()!).ToArray();
        var sources = (await Repository.TrackedAsync()).Keys.Where(file => !file.StartsWith("offline/", StringComparison.Ordinal) && !file.StartsWith("templates/", StringComparison.Ordinal)).ToArray();
        var folders = sources.Select(file => file.Split('/')).SelectMany(parts => parts is ["SupersetContainer", var inner, _, ..] ? new[] { parts[0], inner } : parts.Length > 1 ? [parts[0]] : []);
        var types = sources.Where(file => file.EndsWith(".cs", StringComparison.Ordinal)).SelectMany(file => TypeOfOneWord().Matches(File.ReadAllText(Repository.PathOf(file)))).Select(type => type.Groups[1].Value);

        string[] words = ["Git", "Master", "Null", "Superset", "Vscode", .. folders.Select(folder => folder.TrimStart('.')), .. types, .. await PythonsAsync()];

        Assert.NotEmpty(taken);
        Assert.Empty(words.Where(word => Name().IsMatch(word) && word != "embedstack" && !taken.Any(pattern => Regex.IsMatch(word, pattern))).Distinct().Order(StringComparer.Ordinal));
    }

    private static async Task<string[]> PythonsAsync()
    {
        var run = await ProcessRun.OfAsync(
            new(Path.Combine(Repository.State, "venv/bin/python"), ["-I", "-c", "import keyword, pkgutil, sys, sysconfig; print(*keyword.kwlist, *sys.stdlib_module_names, *(module.name for module in pkgutil.iter_modules([sysconfig.get_path('purelib')])))"]),
            PythonTimeout);
        Assert.True(run.ExitCode == 0, run.Error);
        return run.Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
    }

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9]*$")]
    private static partial Regex Name();

    [GeneratedRegex(@"\b(?:class|record|struct|interface|enum) +(?:struct +|class +)?([A-Z][a-z0-9]+)\b")]
    private static partial Regex TypeOfOneWord();
}
