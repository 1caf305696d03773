using EmbedStack.Authoring;
using EmbedStack.Authoring.Assets;
using EmbedStack.Authoring.Browser;
using EmbedStack.Authoring.Loop;
using EmbedStack.Authoring.Recording;
using EmbedStack.ServiceDefaults.Jobs;
using Microsoft.Extensions.Configuration;
using Microsoft.Playwright;

// Called by ./embedstack, which explains the commands and checks their options: a verb and the keys, or none for all.
return await Job.RunAsync(
    new JobIdentity("embedstack", "EmbedStack.Authoring", "stopped; what was put into Superset so far stands there, the files are as they were"),
    [],
    async (configuration, stopping) =>
    {
        if (args is not [var verb, .. var rest])
        {
            throw new JobException("a verb comes first: record, pull, diff or push");
        }

        var stack = RunningStack.Find(configuration["EmbedStack:StatusFile"]);
        var root = Setting(configuration, "Assets", "the folder of assets");
        var folder = new AssetFolder(root);
        var catalogue = Catalogue.Read(Path.Combine(root, "catalog.yaml"));
        string[] keys = rest.Length == 0 ? [.. catalogue.Keys] : [.. rest.Distinct()];
        if (verb != "pull")
        {
            _ = keys.Select(key => catalogue[key]).ToArray();
        }

        using var playwright = await Playwright.CreateAsync();
        await using var browser = await SystemChromium.LaunchAsync(playwright, stack.KeyPin is { } pin ? [SystemChromium.Accepting(pin)] : []);
        await using var session = await AuthorSession.SignInAsync(browser, stack.Authors, stack.UserName, stack.Password);
        var superset = new RunningAssets(session);
        if (verb == "record")
        {
            var recorder = new DashboardRecorder(session, superset, folder, configuration["Authoring:Pictures"] ?? Path.GetTempPath());
            if (configuration["Authoring:Import"] is not "false")
            {
                await superset.ImportAsync(folder.Read());
            }

            foreach (var key in keys)
            {
                await recorder.RecordAsync(key, catalogue[key], stopping);
            }

            return;
        }

        var lint = new PythonAssetsLint(Setting(configuration, "Python", "Superset's Python"), Setting(configuration, "Package", "the folder of the package embedstack"));
        var loop = new AuthoringLoop(superset, folder, catalogue, lint, Console.Out, Console.Error);
        await (verb switch
        {
            "pull" => loop.PullAsync(keys),
            "diff" => loop.DiffAsync(keys),
            "push" => loop.PushAsync(keys),
            _ => throw new JobException($"there is no verb '{verb}', only: record, pull, diff, push"),
        });
    });

static string Setting(IConfiguration configuration, string name, string what) =>
    configuration[$"Authoring:{name}"] ?? throw new JobException($"Authoring__{name} names {what}");
