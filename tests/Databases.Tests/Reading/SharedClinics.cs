namespace EmbedStack.Databases.Tests.Reading;

/// <summary>A server of its own with five clinics in shared tables, each as large as people look at: half a million appointments.</summary>
public sealed class SharedClinics : Databases
{
    private static readonly string[] Chosen = ["northside", "harbour", "parramatta", "penrith", "newtown", "sydney-network"];

    private readonly string file = Path.Combine(Path.GetTempPath(), $"tenants-{Guid.NewGuid():N}.yaml");

    internal override string Scale => "demo";

    protected override string TenantsFile => file;

    public override async ValueTask InitializeAsync()
    {
        var tenants = (await File.ReadAllTextAsync(base.TenantsFile, TestContext.Current.CancellationToken)).Split("- key: ");
        await File.WriteAllTextAsync(
            file, string.Concat(tenants.Skip(1).Where(tenant => Chosen.Contains(tenant.Split('\n')[0])).Select(tenant => $"- key: {tenant}")),
            TestContext.Current.CancellationToken);
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        File.Delete(file);
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
