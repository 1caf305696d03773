using EmbedStack.Authoring;
using EmbedStack.Authoring.Assets;
using EmbedStack.Authoring.Browser;
using EmbedStack.Authoring.Recording;
using EmbedStack.ServiceDefaults.Jobs;
using Microsoft.Playwright;

// Called by ./embedstack, which explains the command and checks its options: the keys, or none for all.
return await Job.RunAsync(
    new JobIdentity("embedstack", "EmbedStack.Authoring", "stopped; what was recorded so far stands in Superset, the files are as they were"),
    [],
    async (configuration, stopping) =>
    {
        var stack = RunningStack.Find(configuration["EmbedStack:StatusFile"]);
        var root = configuration["Authoring:Assets"] ?? throw new JobException("Authoring__Assets names the folder of assets");
        var catalogue = Catalogue.Read(Path.Combine(root, "catalog.yaml"));
        var wanted = (args.Length == 0 ? catalogue.Keys : args.Distinct()).ToDictionary(key => key, key => catalogue[key]);

        using var playwright = await Playwright.CreateAsync();
        await using var browser = await SystemChromium.LaunchAsync(playwright, stack.KeyPin is { } pin ? [SystemChromium.Accepting(pin)] : []);
        await using var session = await AuthorSession.SignInAsync(browser, stack.Authors, stack.UserName, stack.Password);
        var recorder = new DashboardRecorder(session, new AssetFolder(root), configuration["Authoring:Pictures"] ?? Path.GetTempPath());
        if (configuration["Authoring:Import"] is not "false")
        {
            await recorder.ImportAsync();
        }

        foreach (var (key, dashboard) in wanted)
        {
            await recorder.RecordAsync(key, dashboard, stopping);
        }
    });
