using System.Text.RegularExpressions;

namespace EmbedStack.Template.Tests;

/// <summary>What <c>dotnet new embedstack-dashboard</c> adds to a project, and what is left to do by hand.</summary>
internal static partial class AddedDashboard
{
    /// <summary>The dataset that the blank sample has.</summary>
    public const string Orders = "82473b6c-aed0-54a9-802e-6300a16c04b8";

    /// <summary>A dashboard on it.</summary>
    public static readonly string[] OnOrders = ["--dataset", "orders", "--dataset-uuid", Orders, "--metric", "orders"];

    /// <summary>A dashboard on one that the clinics have.</summary>
    public static readonly string[] OnAppointments = ["--dataset", "appointments", "--dataset-uuid", "42f6b23d-e64e-5483-90f1-53b6840bd6db", "--metric", "appointments"];

    /// <summary>Adds a dashboard of the key, and moves its entries to where they belong.</summary>
    public static async Task AddAsync(TemplatePackage package, GeneratedProject project, string name, string key, params string[] options)
    {
        await package.NewAsync(project.Folder, ["embedstack-dashboard", "--key", key, "--name", name, "--no-update-check", .. options]);
        MoveEntries(project);
    }

    // The entries below each of the snippet's headings go below the same heading of the catalogue, as whoever reads it does.
    private static void MoveEntries(GeneratedProject project)
    {
        var catalog = project.Read("SupersetContainer/assets/catalog.yaml");
        var entries = Assert.Single(Directory.GetFiles(project.PathOf("SupersetContainer/assets"), "catalog-*.yaml"));
        var parts = Heading().Split(File.ReadAllText(entries))[1..];
        foreach (var part in parts.Chunk(2))
        {
            catalog = catalog.Replace($"{part[0]}:\n", $"{part[0]}:\n{part[1]}", StringComparison.Ordinal);
        }

        File.WriteAllText(project.PathOf("SupersetContainer/assets/catalog.yaml"), catalog);
        File.Delete(entries);
    }

    [GeneratedRegex("^(dashboards|row_terms|datasets):\n", RegexOptions.Multiline)]
    private static partial Regex Heading();
}
