using EmbedStack.ServiceDefaults.Jobs;
using EmbedStack.Tenants.Stack;
using Microsoft.Extensions.Configuration;

namespace EmbedStack.Tenants.Tests;

public sealed class RunningStackTests
{
    [Fact]
    public void StackThatIsNotUpIsSaidSo()
    {
        var refusal = Assert.Throws<JobException>(() => RunningStack.Find(Configuration([])));
        Assert.StartsWith("EmbedStack is not up", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void PasswordThatIsMissingIsNamed()
    {
        var status = Path.GetTempFileName();
        try
        {
            File.WriteAllText(status, "state\trunning\nservice\tpostgres\tlocalhost:5186\nservice\tkeycloak\thttp://localhost:5183\n");
            var refusal = Assert.Throws<JobException>(() => RunningStack.Find(Configuration(new() { ["EmbedStack:StatusFile"] = status })));
            Assert.Contains("db-clinic-owner-password", refusal.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(status);
        }
    }

    [Fact]
    public void EnvironmentIsEnough()
    {
        using var stack = RunningStack.Find(Configuration(new()
        {
            ["ConnectionStrings:clinic-db"] = "Host=db", ["ConnectionStrings:clinic-db-loader"] = "Host=db", ["ConnectionStrings:embedstack-db"] = "Host=db",
            ["Keycloak:Address"] = "https://id.clinics.example", ["Parameters:tenants-client-secret"] = "x",
        }));
        Assert.NotNull(stack.Keycloak);
    }

    private static IConfiguration Configuration(Dictionary<string, string?> values) => new ConfigurationBuilder().AddInMemoryCollection(values).Build();
}
